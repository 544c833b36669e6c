/**
 * Previous status, plan and observation become the next status; the only place that knows when
 * conditions changed.
 */
@NullMarked
package dev.supcon.operator.status;

import org.jspecify.annotations.NullMarked;

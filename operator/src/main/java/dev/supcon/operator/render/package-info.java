/** One planned step, its runtime and its tenant become the step's Job. */
@NullMarked
package dev.supcon.operator.render;

import org.jspecify.annotations.NullMarked;

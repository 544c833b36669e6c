/** The custom resources and their status records. */
@NullMarked
package dev.supcon.operator.api;

import org.jspecify.annotations.NullMarked;

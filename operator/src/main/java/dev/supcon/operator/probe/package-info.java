/** Asks a running operator whether it is well, from the operator's own image. */
@NullMarked
package dev.supcon.operator.probe;

import org.jspecify.annotations.NullMarked;

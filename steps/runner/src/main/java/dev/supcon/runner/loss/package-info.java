/** The losses: value and gradient of a batch's outputs in closed form. */
@NullMarked
package dev.supcon.runner.loss;

import org.jspecify.annotations.NullMarked;

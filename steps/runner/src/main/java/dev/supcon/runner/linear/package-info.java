/** The step that trains a linear classifier on the frozen encoder. */
@NullMarked
package dev.supcon.runner.linear;

import org.jspecify.annotations.NullMarked;

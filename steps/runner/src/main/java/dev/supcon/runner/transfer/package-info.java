/** The step that evaluates the frozen encoder on another data set. */
@NullMarked
package dev.supcon.runner.transfer;

import org.jspecify.annotations.NullMarked;

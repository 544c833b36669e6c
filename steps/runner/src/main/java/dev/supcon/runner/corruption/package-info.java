/** The step that evaluates a classifier on corrupted test images. */
@NullMarked
package dev.supcon.runner.corruption;

import org.jspecify.annotations.NullMarked;

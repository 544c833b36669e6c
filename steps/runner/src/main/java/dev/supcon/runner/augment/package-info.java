/** The step that verifies and packs a data set. */
@NullMarked
package dev.supcon.runner.augment;

import org.jspecify.annotations.NullMarked;

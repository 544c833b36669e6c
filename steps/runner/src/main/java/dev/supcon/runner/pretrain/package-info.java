/** The step that trains the encoder. */
@NullMarked
package dev.supcon.runner.pretrain;

import org.jspecify.annotations.NullMarked;

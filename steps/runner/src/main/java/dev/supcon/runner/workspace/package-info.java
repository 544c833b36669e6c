/** What a running step has at hand: inputs, outputs, progress, metrics, checkpoints. */
@NullMarked
package dev.supcon.runner.workspace;

import org.jspecify.annotations.NullMarked;

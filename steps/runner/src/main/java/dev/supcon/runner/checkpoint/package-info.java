/** State to bytes and back: safetensors files, and the state of a training run. */
@NullMarked
package dev.supcon.runner.checkpoint;

import org.jspecify.annotations.NullMarked;

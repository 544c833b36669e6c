/** Weights that others trained: safetensors and PyTorch's files, read without running them. */
@NullMarked
package dev.supcon.runner.weights;

import org.jspecify.annotations.NullMarked;

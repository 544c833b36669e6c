package dev.supcon.runner.weights;

import dev.supcon.runner.checkpoint.ElementType;

/**
 * A storage of PyTorch's: numbers that any number of tensors look at.
 *
 * @param key by which the file knows it
 */
record Storage(String key, ElementType type, long elements) {

  /** Length of its content; it was made sure of that this fits a long. */
  long bytes() {
    return Math.multiplyExact(elements, (long) type.bytes());
  }
}

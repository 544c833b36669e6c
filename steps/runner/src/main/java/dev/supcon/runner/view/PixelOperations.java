package dev.supcon.runner.view;

import dev.supcon.contract.spec.ViewSemantics;

/**
 * What is done to the pixels of a square view, interleaved RGB bytes, in place. Keeps its scratch:
 * one object per thread.
 */
sealed interface PixelOperations permits PillowOperations, AuthorsOperations {

  static PixelOperations of(ViewSemantics semantics, int side) {
    return switch (semantics) {
      case TORCHVISION -> new PillowOperations(side);
      case AUTHORS_TF -> new AuthorsOperations(side);
      case UNKNOWN -> throw new IllegalArgumentException("no semantics that are known");
    };
  }

  /**
   * @param offset of the view's first byte
   */
  void jitter(ColorJitter jitter, byte[] rgb, int offset);

  /** Drops the colour. */
  void grayscale(byte[] rgb, int offset);

  void apply(DrawnOperation operation, byte[] rgb, int offset);
}

package dev.supcon.runner.view;

/**
 * Blend of a square view with its smoothed self, Pillow's {@code SMOOTH}: the pixel five times and
 * its eight neighbours, over 13; the border stays as it is.
 *
 * <p>Keeps its scratch: one object per thread.
 */
final class Sharpening {
  private static final int SUM_OF_WEIGHTS = 13;

  private final int stride;
  private final int[] values;

  Sharpening(int side) {
    stride = 3 * side;
    values = new int[3 * side * side];
  }

  /** Pillow: the smoothed value is rounded. */
  void rounded(float factor, byte[] rgb, int offset) {
    blend(factor, SUM_OF_WEIGHTS, rgb, offset);
  }

  /** The authors' code: the smoothed value is truncated. */
  void truncated(float factor, byte[] rgb, int offset) {
    blend(factor, 0, rgb, offset);
  }

  /** Of 26ths; a multiple of 1/13 is never halfway, so whole numbers give Pillow's floats. */
  private void blend(float factor, int rounding, byte[] rgb, int offset) {
    if (factor == 1) {
      return;
    }
    for (int i = 0; i < values.length; i++) {
      values[i] = rgb[offset + i] & 255;
    }
    for (int from = stride + 3; from < values.length - stride; from += stride) {
      blendRow(factor, rounding, rgb, offset, from);
    }
  }

  private void blendRow(float factor, int rounding, byte[] rgb, int offset, int from) {
    int[] v = values;
    int width = stride;
    for (int i = from; i < from + width - 6; i++) {
      int above = v[i - width - 3] + v[i - width] + v[i - width + 3];
      int below = v[i + width - 3] + v[i + width] + v[i + width + 3];
      int sum = above + below + v[i - 3] + 5 * v[i] + v[i + 3];
      int smooth = (2 * sum + rounding) * 20165 >> 19; // over 26, exact up to 2 * 13 * 255 + 13
      float blended = smooth + factor * (v[i] - smooth);
      rgb[offset + i] = (byte) (int) Math.min(Math.max(blended, 0f), 255f);
    }
  }
}

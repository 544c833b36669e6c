package dev.supcon.runner.view;

/**
 * Pillow's {@code Blend.c} for a row of values: {@code plain + factor * (value - plain)} in {@code
 * float}, truncated and clipped. Loops read each array at one place, so that the compiler takes
 * several steps at once.
 */
final class RowBlend {
  /** What is blended with; as long as a row, filled by the caller. */
  final int[] plain;

  private final int[] blended;

  RowBlend(int length) {
    plain = new int[length];
    blended = new int[length];
  }

  /** Blends the first values of the row with bytes, in place. */
  void blend(float factor, byte[] rgb, int from, int length) {
    for (int i = 0; i < length; i++) {
      blended[i] = rgb[from + i] & 255;
    }
    for (int i = 0; i < length; i++) {
      int value = (int) (plain[i] + factor * (blended[i] - plain[i]));
      blended[i] = Math.min(Math.max(value, 0), 255);
    }
    for (int i = 0; i < length; i++) {
      rgb[from + i] = (byte) blended[i];
    }
  }
}

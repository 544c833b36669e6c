package dev.supcon.runner.view;

import java.util.Arrays;

/**
 * Blend of a square view with its smoothed self, Pillow's {@code SMOOTH}: the pixel five times and
 * its eight neighbours, over 13; the border stays as it is.
 *
 * <p>Keeps its scratch: one object per thread. Loops read each array at one place, so that the
 * compiler takes several steps at once.
 */
final class Sharpening {
  private static final int SUM_OF_WEIGHTS = 13;

  private final int side;
  private final int[][] rows;
  private final int[] columns;
  private final int[] sums;
  private final RowBlend blend;

  Sharpening(int side) {
    this.side = side;
    rows = new int[side][3 * side];
    columns = new int[3 * side];
    sums = new int[Math.max(3 * (side - 2), 0)];
    blend = new RowBlend(sums.length);
  }

  /** Pillow: the smoothed value is rounded. */
  void rounded(float factor, byte[] rgb, int offset) {
    blend(factor, SUM_OF_WEIGHTS, rgb, offset);
  }

  /** The authors' code: the smoothed value is truncated. */
  void truncated(float factor, byte[] rgb, int offset) {
    blend(factor, 0, rgb, offset);
  }

  /** In 26ths; a multiple of 1/13 is never halfway, so whole numbers give Pillow's floats. */
  private void blend(float factor, int rounding, byte[] rgb, int offset) {
    if (factor == 1) {
      return;
    }
    for (int y = 0; y < side; y++) {
      load(rgb, offset + 3 * side * y, rows[y]);
    }
    for (int y = 1; y < side - 1; y++) {
      sum(rows[y - 1], rows[y], rows[y + 1]);
      smooth(rounding, rows[y]);
      blend.blend(factor, rgb, offset + 3 * (side * y + 1), sums.length);
    }
  }

  private static void load(byte[] rgb, int from, int[] row) {
    for (int i = 0; i < row.length; i++) {
      row[i] = rgb[from + i] & 255;
    }
  }

  private void sum(int[] above, int[] here, int[] below) {
    int[] into = columns;
    for (int i = 0; i < into.length; i++) {
      into[i] = above[i] + here[i] + below[i];
    }
    Arrays.fill(sums, 0);
    add(into, 0, sums);
    add(into, 3, sums);
    add(into, 6, sums);
  }

  private static void add(int[] from, int shift, int[] into) {
    for (int i = 0; i < into.length; i++) {
      into[i] += from[shift + i];
    }
  }

  /** The division by 26 is exact up to 2 * 13 * 255 + 13. */
  private void smooth(int rounding, int[] row) {
    int[] into = blend.plain;
    for (int i = 0; i < into.length; i++) {
      into[i] = ((2 * (sums[i] + 4 * row[i + 3]) + rounding) * 20165) >> 19;
    }
  }
}

package dev.supcon.runner.view;

import java.util.Arrays;

/**
 * The paper's blur: kernel of {@code 2 * (side / 10 / 2) + 1} taps, zeros outside of the image
 * (google-research {@code supcon/preprocessing.py}, after SimCLR); one rounding at the end.
 *
 * <p>Keeps its scratch: one object per thread.
 */
final class GaussianBlur {
  /** Rows that one loop adds, one after the other: sums are the same as one row at a time. */
  private static final int AT_ONCE = 4;

  private final int side;
  private final int radius;
  private final float[] kernel;
  private final float[] padded;
  private final float[][] shifted;
  private final float[][] across;
  private final float[] sums;
  private int firstTap;
  private int taps;

  GaussianBlur(int side) {
    this.side = side;
    radius = side / 10 / 2;
    kernel = new float[2 * radius + 1 + AT_ONCE];
    padded = new float[3 * (side + 2 * radius)];
    shifted = new float[2 * radius + 1 + AT_ONCE][3 * side];
    across = new float[side + 2 * radius + AT_ONCE][3 * side];
    sums = new float[3 * side];
  }

  void apply(double sigma, byte[] rgb, int offset) {
    setKernel(sigma);
    for (int y = 0; y < side; y++) {
      blurRow(rgb, offset + 3 * side * y, across[y + radius]);
    }
    for (int y = 0; y < side; y++) {
      blurColumns(y, rgb, offset + 3 * side * y);
    }
  }

  /**
   * Taps too small for a normal {@code float} are left out at both ends: slow, and lost when sums
   * are rounded. Rows that the last four lack have the weight 0.
   */
  private void setKernel(double sigma) {
    double sum = 0;
    for (int k = -radius; k <= radius; k++) {
      sum += StrictMath.exp(-k * k / (2 * sigma * sigma));
    }
    firstTap = radius;
    for (int k = -radius; k <= radius; k++) {
      float weight = (float) (StrictMath.exp(-k * k / (2 * sigma * sigma)) / sum);
      kernel[k + radius] = weight;
      firstTap = weight >= Float.MIN_NORMAL ? Math.min(firstTap, k + radius) : firstTap;
    }
    taps = 2 * (radius - firstTap) + 1;
    Arrays.fill(kernel, firstTap + taps, kernel.length, 0);
  }

  private void blurRow(byte[] rgb, int from, float[] into) {
    for (int i = 0; i < 3 * side; i++) {
      padded[3 * radius + i] = rgb[from + i] & 255;
    }
    for (int k = firstTap; k < firstTap + taps; k++) {
      System.arraycopy(padded, 3 * k, shifted[k], 0, 3 * side);
    }
    sum(shifted, 0, into);
  }

  private void blurColumns(int y, byte[] rgb, int to) {
    sum(across, y, sums);
    for (int i = 0; i < sums.length; i++) {
      rgb[to + i] = (byte) Math.min((int) (sums[i] + 0.5f), 255);
    }
  }

  private void sum(float[][] rows, int first, float[] into) {
    Arrays.fill(into, 0);
    for (int k = firstTap; k < firstTap + taps; k += AT_ONCE) {
      addFour(k, rows, first + k, into);
    }
  }

  /** One index for all arrays: only so does the compiler take several steps at once. */
  private void addFour(int tap, float[][] rows, int row, float[] into) {
    float first = kernel[tap];
    float second = kernel[tap + 1];
    float third = kernel[tap + 2];
    float fourth = kernel[tap + 3];
    float[] one = rows[row];
    float[] two = rows[row + 1];
    float[] three = rows[row + 2];
    float[] four = rows[row + 3];
    for (int i = 0; i < into.length; i++) {
      float sum = into[i] + first * one[i];
      sum += second * two[i];
      sum += third * three[i];
      into[i] = sum + fourth * four[i];
    }
  }
}

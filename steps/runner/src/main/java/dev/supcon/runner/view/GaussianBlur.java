package dev.supcon.runner.view;

import java.util.Arrays;

/**
 * The paper's blur: kernel of {@code 2 * (side / 10 / 2) + 1} taps, zeros outside of the image
 * (google-research {@code supcon/preprocessing.py}, after SimCLR); one rounding at the end.
 *
 * <p>Keeps its scratch: one object per thread.
 */
final class GaussianBlur {
  private final int side;
  private final int radius;
  private final float[] kernel;
  private final float[] padded;
  private final float[] across;
  private final float[] sums;

  GaussianBlur(int side) {
    this.side = side;
    radius = side / 10 / 2;
    kernel = new float[2 * radius + 1];
    padded = new float[3 * (side + 2 * radius)];
    across = new float[3 * side * (side + 2 * radius)];
    sums = new float[3 * side];
  }

  void apply(double sigma, byte[] rgb, int offset) {
    setKernel(sigma);
    for (int y = 0; y < side; y++) {
      blurRow(rgb, offset + 3 * side * y, 3 * side * (y + radius));
    }
    for (int y = 0; y < side; y++) {
      blurColumns(y, rgb, offset + 3 * side * y);
    }
  }

  private void setKernel(double sigma) {
    double sum = 0;
    for (int k = -radius; k <= radius; k++) {
      sum += StrictMath.exp(-k * k / (2 * sigma * sigma));
    }
    for (int k = -radius; k <= radius; k++) {
      kernel[k + radius] = (float) (StrictMath.exp(-k * k / (2 * sigma * sigma)) / sum);
    }
  }

  private void blurRow(byte[] rgb, int from, int to) {
    for (int i = 0; i < 3 * side; i++) {
      padded[3 * radius + i] = rgb[from + i] & 255;
    }
    Arrays.fill(sums, 0);
    for (int k = 0; k < kernel.length; k++) {
      add(kernel[k], padded, 3 * k);
    }
    System.arraycopy(sums, 0, across, to, sums.length);
  }

  private void blurColumns(int y, byte[] rgb, int to) {
    Arrays.fill(sums, 0);
    for (int k = 0; k < kernel.length; k++) {
      add(kernel[k], across, 3 * side * (y + k));
    }
    for (int i = 0; i < sums.length; i++) {
      rgb[to + i] = (byte) Math.min((int) (sums[i] + 0.5f), 255);
    }
  }

  private void add(float weight, float[] values, int from) {
    float[] into = sums;
    for (int i = 0; i < into.length; i++) {
      into[i] += weight * values[from + i];
    }
  }
}

package dev.supcon.runner.imagenetc;

import java.util.Arrays;

/**
 * ImageMagick's {@code MotionBlurImage}, 16 bits a channel: half a Gaussian along a line, its
 * points rounded to pixels, edge pixels repeated; and its way back to 8 bits, which truncates.
 */
final class MotionBlur {
  private static final int WIDE = 257; // 8 bits to 16

  private final int side;
  private final double[] weights;

  MotionBlur(int side, int radius, double sigma) {
    this.side = side;
    weights = new double[2 * radius + 1];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = StrictMath.exp(-i * i / (2 * sigma * sigma));
    }
    double sum = Arrays.stream(weights).sum();
    for (int i = 0; i < weights.length; i++) {
      weights[i] /= sum;
    }
  }

  /**
   * @param image [side, side, channels] uint8, left as it is
   * @param angle in degrees
   */
  byte[] apply(byte[] image, int channels, double angle) {
    double radians = StrictMath.toRadians(angle);
    int[] right = offsets(StrictMath.cos(radians));
    int[] down = offsets(StrictMath.sin(radians));
    double[][] rows = padded(image, channels);
    byte[] blurred = new byte[image.length];
    double[] sums = new double[side * channels];
    for (int y = 0; y < side; y++) {
      Arrays.fill(sums, 0);
      for (int i = 0; i < weights.length; i++) {
        double[] from = rows[Borders.nearest(y + down[i], side)];
        Rows.add(weights[i], from, (weights.length + right[i]) * channels, sums);
      }
      for (int i = 0; i < sums.length; i++) {
        blurred[y * sums.length + i] = (byte) ((int) (sums[i] + 0.5) / WIDE);
      }
    }
    return blurred;
  }

  private int[] offsets(double direction) {
    int[] offsets = new int[weights.length];
    Arrays.setAll(offsets, i -> (int) Math.ceil(i * direction - 0.5));
    return offsets;
  }

  private double[][] padded(byte[] image, int channels) {
    int reach = weights.length;
    double[][] rows = new double[side][(side + 2 * reach) * channels];
    for (int y = 0; y < side; y++) {
      for (int i = 0; i < rows[y].length; i++) {
        int x = Borders.nearest(i / channels - reach, side);
        rows[y][i] = WIDE * (image[(y * side + x) * channels + i % channels] & 255);
      }
    }
    return rows;
  }
}

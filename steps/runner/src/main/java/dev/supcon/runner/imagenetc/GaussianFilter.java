package dev.supcon.runner.imagenetc;

import java.util.Arrays;
import java.util.function.IntBinaryOperator;

/**
 * SciPy's {@code gaussian_filter} of order 0, along rows and columns, in {@code double} and in
 * SciPy's order of adding.
 */
final class GaussianFilter {
  private final double[] weights;
  private final IntBinaryOperator border;

  private GaussianFilter(double sigma, double truncate, IntBinaryOperator border) {
    this.border = border;
    weights = sigma > 1e-15 ? weights(sigma, (int) (truncate * sigma + 0.5)) : new double[] {1};
  }

  /** scikit-image's {@code gaussian} as it is by default. */
  static GaussianFilter nearest(double sigma) {
    return new GaussianFilter(sigma, 4, Borders::nearest);
  }

  static GaussianFilter mirrored(double sigma, double truncate) {
    return new GaussianFilter(sigma, truncate, Borders::mirrored);
  }

  /** Weights of the centre and of each distance from it. */
  private static double[] weights(double sigma, int radius) {
    double[] weights = new double[radius + 1];
    double sum = 0;
    for (int i = radius; i >= -radius; i--) {
      double weight = StrictMath.exp(-0.5 / (sigma * sigma) * i * i);
      weights[Math.abs(i)] = weight;
      sum += weight;
    }
    for (int i = 0; i <= radius; i++) {
      weights[i] /= sum;
    }
    return weights;
  }

  /**
   * @param values [side, side, channels], left as they are
   */
  double[] apply(double[] values, int side, int channels) {
    if (weights.length == 1) {
      return values.clone();
    }
    double[] down = alongColumns(values, side);
    return transposed(alongColumns(transposed(down, side, channels), side), side, channels);
  }

  private double[] alongColumns(double[] values, int side) {
    return weights.length > side ? foldedColumns(values, side) : columns(values, side);
  }

  /** A kernel longer than the image meets each row more than once. */
  private double[] foldedColumns(double[] values, int side) {
    int width = values.length / side;
    double[] filtered = new double[values.length];
    double[] sums = new double[width];
    for (int y = 0; y < side; y++) {
      double[] folded = new double[side];
      for (int distance = 1 - weights.length; distance < weights.length; distance++) {
        folded[border.applyAsInt(y + distance, side)] += weights[Math.abs(distance)];
      }
      Arrays.fill(sums, 0);
      for (int from = 0; from < side; from++) {
        Rows.add(folded[from], values, from * width, sums);
      }
      System.arraycopy(sums, 0, filtered, y * width, width);
    }
    return filtered;
  }

  private double[] columns(double[] values, int side) {
    int width = values.length / side;
    double[] filtered = new double[values.length];
    double[] sums = new double[width];
    for (int y = 0; y < side; y++) {
      for (int i = 0; i < width; i++) {
        sums[i] = values[y * width + i] * weights[0];
      }
      for (int distance = weights.length - 1; distance > 0; distance--) {
        int above = border.applyAsInt(y - distance, side) * width;
        int below = border.applyAsInt(y + distance, side) * width;
        addRows(weights[distance], values, above, below, sums);
      }
      System.arraycopy(sums, 0, filtered, y * width, width);
    }
    return filtered;
  }

  private static void addRows(double weight, double[] from, int first, int second, double[] into) {
    for (int i = 0; i < into.length; i++) {
      into[i] += (from[first + i] + from[second + i]) * weight;
    }
  }

  private static double[] transposed(double[] values, int side, int channels) {
    double[] turned = new double[values.length];
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        for (int c = 0; c < channels; c++) {
          turned[(x * side + y) * channels + c] = values[(y * side + x) * channels + c];
        }
      }
    }
    return turned;
  }
}

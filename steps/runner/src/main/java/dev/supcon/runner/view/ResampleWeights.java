package dev.supcon.runner.view;

import java.util.Arrays;

/**
 * Pillow's {@code precompute_coeffs} for the triangle filter, along one axis. Every target pixel
 * gets as many weights as the one with the most, rounded up to an even number where the source has
 * as many pixels; the others are 0.
 */
final class ResampleWeights {
  private static final double ONE = 1 << 22;

  /** First source pixel of each target pixel. */
  final int[] first;

  /** [side, taps], 22 fractional bits. */
  int[] weights = {};

  private final int[] count;
  private double[] exact = {};
  private int taps;
  private int source;

  ResampleWeights(int side) {
    first = new int[side];
    count = new int[side];
  }

  /** Weights of each target pixel. */
  int taps() {
    return taps;
  }

  /** Index of a target pixel's first weight. */
  int start(int target) {
    return target * taps;
  }

  void set(int sourceLength) {
    if (sourceLength == source) {
      return;
    }
    source = sourceLength;
    double scale = (double) source / first.length;
    double reach = Math.max(scale, 1.0);
    int most = 0;
    for (int i = 0; i < first.length; i++) {
      double centre = (i + 0.5) * scale;
      first[i] = Math.max((int) (centre - reach + 0.5), 0);
      count[i] = Math.min((int) (centre + reach + 0.5), source) - first[i];
      most = Math.max(most, count[i]);
    }
    taps = Math.min(most + most % 2, source);
    if (exact.length < taps) {
      exact = new double[taps];
      weights = new int[taps * first.length];
    }
    for (int i = 0; i < first.length; i++) {
      setTarget(i, (i + 0.5) * scale, reach);
    }
  }

  private void setTarget(int target, double centre, double reach) {
    int low = first[target];
    double inverse = 1.0 / reach;
    double sum = 0;
    for (int k = 0; k < count[target]; k++) {
      double distance = Math.abs((k + low - centre + 0.5) * inverse);
      exact[k] = Math.max(1.0 - distance, 0.0);
      sum += exact[k];
    }
    first[target] = Math.min(low, source - taps);
    int begin = start(target);
    Arrays.fill(weights, begin, begin + taps, 0);
    for (int k = 0; k < count[target]; k++) {
      weights[begin + low - first[target] + k] = (int) (0.5 + exact[k] / sum * ONE);
    }
  }
}

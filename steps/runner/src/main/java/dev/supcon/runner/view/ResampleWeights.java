package dev.supcon.runner.view;

import java.util.Arrays;

/** Pillow's {@code precompute_coeffs} for the triangle filter, along one axis. */
final class ResampleWeights {
  private static final double ONE = 1 << 22;

  /** First source pixel of each target pixel. */
  final int[] first;

  /** [side, stride], 22 fractional bits. */
  int[] weights = {};

  private final int[] count;
  private double[] exact = {};
  private int stride;
  private int source;

  ResampleWeights(int side) {
    first = new int[side];
    count = new int[side];
  }

  /** Index of a target pixel's first weight. */
  int start(int target) {
    return target * stride;
  }

  /** Index behind a target pixel's last weight. */
  int end(int target) {
    return target * stride + count[target];
  }

  void set(int sourceLength) {
    if (sourceLength == source) {
      return;
    }
    source = sourceLength;
    double scale = (double) source / first.length;
    double reach = Math.max(scale, 1.0);
    stride = (int) Math.ceil(reach) * 2 + 1;
    if (exact.length < stride) {
      exact = new double[stride];
    }
    if (weights.length < stride * first.length) {
      weights = new int[stride * first.length];
    }
    for (int i = 0; i < first.length; i++) {
      setTarget(i, (i + 0.5) * scale, reach);
    }
  }

  private void setTarget(int target, double centre, double reach) {
    int low = Math.max((int) (centre - reach + 0.5), 0);
    int high = Math.min((int) (centre + reach + 0.5), source);
    double inverse = 1.0 / reach;
    double sum = 0;
    for (int k = 0; k < high - low; k++) {
      double distance = Math.abs((k + low - centre + 0.5) * inverse);
      exact[k] = Math.max(1.0 - distance, 0.0);
      sum += exact[k];
    }
    first[target] = low;
    count[target] = high - low;
    Arrays.fill(weights, start(target), start(target) + stride, 0);
    for (int k = 0; k < high - low; k++) {
      weights[start(target) + k] = (int) (0.5 + exact[k] / sum * ONE);
    }
  }
}

package dev.supcon.runner.imagenetc;

import java.util.Arrays;

/** Pillow's {@code resize} of a square image with the box filter, to another square. */
final class BoxResize {
  private static final int BITS = 22; // of weights; Pillow's
  private static final int HALF = 1 << (BITS - 1);

  private final int source;
  private final int target;
  private final int[] first;
  private final int[][] weights;

  BoxResize(int source, int target) {
    this.source = source;
    this.target = target;
    first = new int[target];
    weights = new int[target][];
    double scale = (double) source / target;
    double reach = 0.5 * Math.max(scale, 1);
    for (int i = 0; i < target; i++) {
      double centre = (i + 0.5) * scale;
      first[i] = Math.max((int) (centre - reach + 0.5), 0);
      int end = Math.min((int) (centre + reach + 0.5), source);
      weights[i] = weights(first[i], end, centre, Math.max(scale, 1));
    }
  }

  private static int[] weights(int first, int end, double centre, double scale) {
    boolean[] inside = new boolean[end - first];
    int count = 0;
    for (int i = 0; i < inside.length; i++) {
      double distance = (i + first - centre + 0.5) * (1 / scale);
      inside[i] = distance > -0.5 && distance <= 0.5;
      count += inside[i] ? 1 : 0;
    }
    int[] weights = new int[inside.length];
    for (int i = 0; i < inside.length; i++) {
      weights[i] = inside[i] ? (int) (0.5 + 1.0 / count * (1 << BITS)) : 0;
    }
    return weights;
  }

  /**
   * @param image [source, source, 3]
   * @return [target, target, 3]
   */
  byte[] apply(byte[] image) {
    byte[] across = new byte[3 * source * target];
    for (int y = 0; y < source; y++) {
      for (int x = 0; x < target; x++) {
        sumPixels(weights[x], image, 3 * (y * source + first[x]), across, 3 * (y * target + x));
      }
    }
    byte[] resized = new byte[3 * target * target];
    for (int y = 0; y < target; y++) {
      sumRows(weights[y], across, 3 * target * first[y], resized, 3 * target * y);
    }
    return resized;
  }

  private static void sumPixels(int[] weights, byte[] from, int first, byte[] into, int at) {
    if (weights.length == 1) { // of 1
      into[at] = from[first];
      into[at + 1] = from[first + 1];
      into[at + 2] = from[first + 2];
      return;
    }
    int red = HALF;
    int green = HALF;
    int blue = HALF;
    for (int i = 0; i < weights.length; i++) {
      red += weights[i] * (from[first + 3 * i] & 255);
      green += weights[i] * (from[first + 3 * i + 1] & 255);
      blue += weights[i] * (from[first + 3 * i + 2] & 255);
    }
    into[at] = toByte(red);
    into[at + 1] = toByte(green);
    into[at + 2] = toByte(blue);
  }

  private void sumRows(int[] weights, byte[] from, int first, byte[] into, int at) {
    int length = 3 * target;
    if (weights.length == 1) {
      System.arraycopy(from, first, into, at, length);
      return;
    }
    int[] sums = new int[length];
    Arrays.fill(sums, HALF);
    for (int row = 0; row < weights.length; row++) {
      int start = first + row * length;
      for (int i = 0; i < length; i++) {
        sums[i] += weights[row] * (from[start + i] & 255);
      }
    }
    for (int i = 0; i < length; i++) {
      into[at + i] = toByte(sums[i]);
    }
  }

  private static byte toByte(int sum) {
    return (byte) Math.min(sum >> BITS, 255);
  }
}

package dev.supcon.runner.imagenetc;

/** Pillow's {@code resize} of a square image with the box filter, to another square. */
final class BoxResize {
  private static final int BITS = 22; // of weights; Pillow's

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
        for (int c = 0; c < 3; c++) {
          int from = 3 * (y * source + first[x]) + c;
          across[3 * (y * target + x) + c] = sum(image, from, 3, weights[x]);
        }
      }
    }
    byte[] resized = new byte[3 * target * target];
    for (int y = 0; y < target; y++) {
      for (int i = 0; i < 3 * target; i++) {
        int from = 3 * target * first[y] + i;
        resized[3 * target * y + i] = sum(across, from, 3 * target, weights[y]);
      }
    }
    return resized;
  }

  private static byte sum(byte[] from, int at, int stride, int[] weights) {
    int sum = 1 << (BITS - 1);
    for (int i = 0; i < weights.length; i++) {
      sum += weights[i] * (from[at + i * stride] & 255);
    }
    return (byte) Math.min(sum >> BITS, 255);
  }
}

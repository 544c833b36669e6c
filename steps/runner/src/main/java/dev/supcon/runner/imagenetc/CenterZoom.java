package dev.supcon.runner.imagenetc;

/**
 * The published {@code clipped_zoom}: the middle of a square image enlarged to its size by SciPy's
 * {@code zoom} of order 1, of which only the middle is kept.
 */
final class CenterZoom {
  private final int side;

  /** First of the two source rows (or columns) of each target row. */
  private final int[] low;

  private final int[] high;
  private final double[] lowWeight;
  private final double[] highWeight;

  CenterZoom(int side, double factor) {
    this.side = side;
    low = new int[side];
    high = new int[side];
    lowWeight = new double[side];
    highWeight = new double[side];
    int crop = (int) Math.ceil(side / factor);
    int top = (side - crop) / 2;
    int length = (int) Math.rint(crop * factor);
    int trim = (length - side) / 2;
    double ratio = length > 1 ? (double) (crop - 1) / (length - 1) : 1;
    for (int i = 0; i < side; i++) {
      set(i, (i + trim) * ratio, top, crop);
    }
  }

  /** Beyond the last pixel, by as little as a rounding error, there is 0. */
  private void set(int target, double at, int top, int crop) {
    int floor = Math.min((int) at, crop - 1);
    boolean outside = at > crop - 1;
    low[target] = top + floor;
    high[target] = top + Math.min(floor + 1, crop - 1);
    lowWeight[target] = outside ? 0 : 1 - (at - floor);
    highWeight[target] = outside ? 0 : at - floor;
  }

  /**
   * One row of the result, not yet enlarged along itself.
   *
   * @param values [side, side, channels]
   * @param between written: [side, channels]
   */
  void between(int y, double[] values, double[] between) {
    int above = low[y] * between.length;
    int below = high[y] * between.length;
    double upper = lowWeight[y];
    double lower = highWeight[y];
    for (int i = 0; i < between.length; i++) {
      between[i] = values[above + i] * upper + values[below + i] * lower;
    }
  }

  /** One value of a row of one channel. */
  double across(int x, double[] between) {
    return between[low[x]] * lowWeight[x] + between[high[x]] * highWeight[x];
  }

  /** Adds a row of three channels. */
  void addAcross(double[] between, float[] sums) {
    for (int x = 0; x < side; x++) {
      int left = 3 * low[x];
      int right = 3 * high[x];
      double leftWeight = lowWeight[x];
      double rightWeight = highWeight[x];
      sums[3 * x] += (float) (between[left] * leftWeight + between[right] * rightWeight);
      sums[3 * x + 1] +=
          (float) (between[left + 1] * leftWeight + between[right + 1] * rightWeight);
      sums[3 * x + 2] +=
          (float) (between[left + 2] * leftWeight + between[right + 2] * rightWeight);
    }
  }
}

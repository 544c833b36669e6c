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
   * One row of the enlarged image.
   *
   * @param values [side, side, channels]
   * @param scratch twice a row
   * @param row of the result, written
   */
  void row(int y, double[] values, int channels, double[] scratch, double[] row) {
    int length = side * channels;
    for (int i = 0; i < length; i++) {
      scratch[i] = values[low[y] * length + i] * lowWeight[y];
    }
    for (int i = 0; i < length; i++) {
      scratch[length + i] = values[high[y] * length + i] * highWeight[y];
    }
    for (int x = 0; x < side; x++) {
      for (int c = 0; c < channels; c++) {
        int left = low[x] * channels + c;
        int right = high[x] * channels + c;
        row[x * channels + c] =
            scratch[left] * lowWeight[x]
                + scratch[right] * highWeight[x]
                + scratch[length + left] * lowWeight[x]
                + scratch[length + right] * highWeight[x];
      }
    }
  }
}

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
   * One row of the enlarged plane.
   *
   * @param plane [side, side]
   * @param between scratch for a row
   * @param row of the result, written
   */
  void row(int y, double[] plane, double[] between, double[] row) {
    int above = low[y] * side;
    int below = high[y] * side;
    double upper = lowWeight[y];
    double lower = highWeight[y];
    for (int x = 0; x < side; x++) {
      between[x] = plane[above + x] * upper + plane[below + x] * lower;
    }
    for (int x = 0; x < side; x++) {
      row[x] = between[low[x]] * lowWeight[x] + between[high[x]] * highWeight[x];
    }
  }
}

package dev.supcon.runner.view;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/**
 * TensorFlow Addons' {@code sparse_image_warp} with the four control points of the paper's code, at
 * thirds of the side: a thin-plate spline through their moves, fitted at their destinations, says
 * from where a pixel comes; bilinear, the image's border goes on outside, truncated to bytes.
 *
 * <p>Keeps its scratch: one object per thread.
 */
final class SparseWarp {
  private static final int POINTS = 4;
  private static final int UNKNOWNS = POINTS + 3;
  private static final double LEAST = 1e-10;

  private final int side;
  private final byte[] source;
  private final double[] places = new double[2 * POINTS];
  private final double[] moves = new double[2 * POINTS];
  private final double[][] equations = new double[UNKNOWNS][UNKNOWNS + 2];

  SparseWarp(int side) {
    this.side = side;
    source = new byte[3 * side * side];
  }

  void apply(DrawnWarp warp, byte[] rgb, int offset) {
    apply(warp::move, rgb, offset);
  }

  /**
   * @param move down and right of one point after the other, in pixels
   */
  void apply(IntToDoubleFunction move, byte[] rgb, int offset) {
    for (int i = 0; i < 2 * POINTS; i++) {
      moves[i] = move.applyAsDouble(i);
      int third = i % 2 == 0 ? i / 4 : i / 2 % 2;
      places[i] = (third + 1) * side / 3.0 + moves[i];
    }
    fit();
    System.arraycopy(rgb, offset, source, 0, source.length);
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        sample(y, x, rgb, offset + 3 * (y * side + x));
      }
    }
  }

  /** Weights of the points and an affine part; their last two columns are down and right. */
  private void fit() {
    for (double[] row : equations) {
      Arrays.fill(row, 0);
    }
    for (int i = 0; i < POINTS; i++) {
      double[] row = equations[i];
      for (int j = 0; j < POINTS; j++) {
        row[j] = spline(places[2 * i] - places[2 * j], places[2 * i + 1] - places[2 * j + 1]);
      }
      for (int j = 0; j < 3; j++) {
        double part = j < 2 ? places[2 * i + j] : 1;
        row[POINTS + j] = part;
        equations[POINTS + j][i] = part;
      }
      row[UNKNOWNS] = moves[2 * i];
      row[UNKNOWNS + 1] = moves[2 * i + 1];
    }
    for (int pivot = 0; pivot < UNKNOWNS; pivot++) {
      eliminate(pivot);
    }
  }

  private void eliminate(int pivot) {
    int best = pivot;
    for (int i = pivot + 1; i < UNKNOWNS; i++) {
      best = Math.abs(equations[i][pivot]) > Math.abs(equations[best][pivot]) ? i : best;
    }
    double[] row = equations[best];
    equations[best] = equations[pivot];
    equations[pivot] = row;
    double scale = row[pivot];
    for (int j = pivot; j < row.length; j++) {
      row[j] /= scale;
    }
    for (int i = 0; i < UNKNOWNS; i++) {
      if (i != pivot) {
        subtract(equations[i], row, pivot);
      }
    }
  }

  private static void subtract(double[] from, double[] row, int pivot) {
    double times = from[pivot];
    for (int j = pivot; j < row.length; j++) {
      from[j] -= times * row[j];
    }
  }

  private void sample(int y, int x, byte[] rgb, int to) {
    double down = affine(UNKNOWNS, y, x);
    double right = affine(UNKNOWNS + 1, y, x);
    for (int i = 0; i < POINTS; i++) {
      double spline = spline(y - places[2 * i], x - places[2 * i + 1]);
      down += equations[i][UNKNOWNS] * spline;
      right += equations[i][UNKNOWNS + 1] * spline;
    }
    double fromY = Math.clamp(y - down, 0, side - 1.0);
    double fromX = Math.clamp(x - right, 0, side - 1.0);
    int top = Math.min((int) fromY, side - 2);
    int left = Math.min((int) fromX, side - 2);
    int corner = 3 * (top * side + left);
    for (int channel = 0; channel < 3; channel++) {
      rgb[to + channel] = between(corner + channel, fromY - top, fromX - left);
    }
  }

  private double affine(int column, int y, int x) {
    return equations[POINTS][column] * y
        + equations[POINTS + 1][column] * x
        + equations[POINTS + 2][column];
  }

  private byte between(int corner, double down, double right) {
    int below = corner + 3 * side;
    double top = mixed(source[corner] & 255, source[corner + 3] & 255, right);
    double bottom = mixed(source[below] & 255, source[below + 3] & 255, right);
    return (byte) (int) mixed(top, bottom, down);
  }

  private static double mixed(double first, double second, double part) {
    return first + part * (second - first);
  }

  /** Order 2: half the squared distance times its logarithm. */
  private static double spline(double down, double right) {
    double squared = down * down + right * right;
    return 0.5 * squared * FastLog.of(Math.max(squared, LEAST));
  }
}

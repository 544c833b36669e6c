package dev.supcon.runner.measure;

/** The plane in which a cloud of points spreads most: principal component analysis, two axes. */
public final class PrincipalPlane {
  private static final int ROUNDS = 60;

  private PrincipalPlane() {}

  /**
   * Coordinates of each row in the plane of the two largest principal components, by power
   * iteration from a fixed start; each axis points where its largest coefficient is positive.
   *
   * @param rows [n, width], row-major
   * @return [n][2]
   */
  public static double[][] of(float[] rows, int width) {
    int n = rows.length / width;
    double[] centred = centred(rows, n, width);
    double[] first = axis(centred, n, width, new double[width]);
    double[] second = axis(centred, n, width, first);
    double[][] plane = new double[n][2];
    for (int i = 0; i < n; i++) {
      plane[i][0] = dot(centred, i * width, first);
      plane[i][1] = dot(centred, i * width, second);
    }
    return plane;
  }

  private static double[] centred(float[] rows, int n, int width) {
    double[] mean = new double[width];
    for (int i = 0; i < rows.length; i++) {
      mean[i % width] += rows[i] / (double) n;
    }
    double[] centred = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      centred[i] = rows[i] - mean[i % width];
    }
    return centred;
  }

  private static double[] axis(double[] centred, int n, int width, double[] orthogonalTo) {
    double[] axis = new double[width];
    for (int j = 0; j < width; j++) {
      axis[j] = 1.0 / (1 + j);
    }
    for (int round = 0; round < ROUNDS; round++) {
      double[] next = new double[width];
      for (int i = 0; i < n; i++) {
        add(next, dot(centred, i * width, axis), centred, i * width);
      }
      add(next, -dot(next, 0, orthogonalTo), orthogonalTo, 0);
      axis = normalised(next);
    }
    return axis;
  }

  private static double dot(double[] values, int offset, double[] axis) {
    double sum = 0;
    for (int j = 0; j < axis.length; j++) {
      sum += values[offset + j] * axis[j];
    }
    return sum;
  }

  private static void add(double[] target, double factor, double[] values, int offset) {
    for (int j = 0; j < target.length; j++) {
      target[j] += factor * values[offset + j];
    }
  }

  private static double[] normalised(double[] axis) {
    double length = Math.sqrt(dot(axis, 0, axis));
    int largest = 0;
    for (int j = 1; j < axis.length; j++) {
      largest = Math.abs(axis[j]) > Math.abs(axis[largest]) ? j : largest;
    }
    double scale = length == 0 ? 0 : Math.copySign(1 / length, axis[largest]);
    double[] unit = new double[axis.length];
    add(unit, scale, axis, 0);
    return unit;
  }
}

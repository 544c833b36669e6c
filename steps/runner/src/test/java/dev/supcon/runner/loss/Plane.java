package dev.supcon.runner.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Rows of length 1, made by angles or at random. */
final class Plane {
  private Plane() {}

  static double[][] at(double... degrees) {
    return Arrays.stream(degrees)
        .map(Math::toRadians)
        .mapToObj(angle -> new double[] {Math.cos(angle), Math.sin(angle)})
        .toArray(double[][]::new);
  }

  static double[][] random(int rows, int width, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] z = new double[rows][width];
    for (double[] row : z) {
      Arrays.setAll(row, k -> random.nextDouble() - 0.5);
      double length = Math.sqrt(dot(row, row));
      Arrays.setAll(row, k -> row[k] / length);
    }
    return z;
  }

  static int[] labels(int rows, int classes, long seed) {
    return new SplittableRandom(seed).ints(rows, 0, classes).toArray();
  }

  static NDArray array(NDManager manager, double[][] z) {
    double[] flat = Arrays.stream(z).flatMapToDouble(Arrays::stream).toArray();
    return manager.create(flat, new Shape(z.length, z[0].length));
  }

  static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int k = 0; k < a.length; k++) {
      sum += a[k] * b[k];
    }
    return sum;
  }
}

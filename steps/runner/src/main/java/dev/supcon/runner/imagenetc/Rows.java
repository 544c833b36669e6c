package dev.supcon.runner.imagenetc;

/** Sums of rows, value by value. */
final class Rows {
  private Rows() {}

  /**
   * Adds a row times a weight.
   *
   * @param first where the row begins in {@code from}; it is as long as {@code into}
   */
  static void add(double weight, double[] from, int first, double[] into) {
    for (int i = 0; i < into.length; i++) {
      into[i] += weight * from[first + i];
    }
  }
}

package dev.supcon.runner.view;

import java.util.List;

/**
 * The parameters by severity, from {@code make_cifar_c.py} and {@code make_imagenet_c.py} of
 * Hendrycks and Dietterich 2019: each set belongs to images of its size.
 *
 * @param rows of severity 1 to 5
 */
record CorruptionTable(String name, List<Row> rows) {

  /**
   * One severity.
   *
   * @param noise standard deviation of values in 0 to 1
   * @param diskRadius in pixels
   * @param diskBlur sigma of the blur that softens the disk's edge, in pixels
   * @param contrast what remains of the distance from the mean
   */
  record Row(double noise, double diskRadius, double diskBlur, double contrast) {}

  /** For 32 pixels. */
  static final CorruptionTable CIFAR =
      new CorruptionTable(
          "cifar",
          List.of(
              new Row(0.04, 0.3, 0.4, 0.75),
              new Row(0.06, 0.4, 0.5, 0.5),
              new Row(0.08, 0.5, 0.6, 0.4),
              new Row(0.09, 1, 0.2, 0.3),
              new Row(0.10, 1.5, 0.1, 0.15)));

  /** For 224 pixels. */
  static final CorruptionTable IMAGENET =
      new CorruptionTable(
          "imagenet",
          List.of(
              new Row(0.08, 3, 0.1, 0.4),
              new Row(0.12, 4, 0.5, 0.3),
              new Row(0.18, 6, 0.5, 0.2),
              new Row(0.26, 8, 0.5, 0.1),
              new Row(0.38, 10, 0.5, 0.05)));

  /** Between the two published sizes, nearer to CIFAR's: a choice of ours. */
  private static final int LARGEST_SMALL_SIDE = 96;

  static CorruptionTable of(int side) {
    return side <= LARGEST_SMALL_SIDE ? CIFAR : IMAGENET;
  }
}

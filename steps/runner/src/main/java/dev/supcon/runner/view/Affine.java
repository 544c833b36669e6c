package dev.supcon.runner.view;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * From a place in the view to the place in the image that it shows: {@code (a x + b y + c, d x + e
 * y + f)}.
 */
record Affine(double a, double b, double c, double d, double e, double f) {
  private static final int PILLOWS_DIGITS = 15;

  static Affine translation(double x, double y) {
    return new Affine(1, 0, x, 0, 1, y);
  }

  static Affine shearX(double slope) {
    return new Affine(1, slope, 0, 0, 1, 0);
  }

  static Affine shearY(double slope) {
    return new Affine(1, 0, 0, slope, 1, 0);
  }

  /** By torchvision's way over an angle in degrees. */
  static Affine pillowShearX(double slope) {
    return shearX(overDegrees(slope));
  }

  /** By torchvision's way over an angle in degrees. */
  static Affine pillowShearY(double slope) {
    return shearY(overDegrees(slope));
  }

  private static double overDegrees(double slope) {
    return StrictMath.tan(Math.toRadians(Math.toDegrees(StrictMath.atan(slope))));
  }

  /** Pillow's {@code Image.rotate} about (side / 2, side / 2), counter-clockwise. */
  static Affine pillowRotation(double degrees, int side) {
    double turn = degrees % 360;
    double radians = -Math.toRadians(turn < 0 ? turn + 360 : turn);
    double cosine = rounded(StrictMath.cos(radians));
    double sine = rounded(StrictMath.sin(radians));
    double centre = side / 2.0;
    return new Affine(
        cosine,
        sine,
        cosine * -centre + sine * -centre + centre,
        -sine,
        cosine,
        -sine * -centre + cosine * -centre + centre);
  }

  private static double rounded(double value) {
    return new BigDecimal(value).setScale(PILLOWS_DIGITS, RoundingMode.HALF_EVEN).doubleValue();
  }

  /**
   * {@code rotate} of {@code augment.py} about ((side - 1) / 2, (side - 1) / 2), in {@code float}.
   */
  static Affine authorsRotation(double degrees, int side) {
    float radians = (float) degrees * (float) (Math.PI / 180);
    float cosine = (float) StrictMath.cos(radians);
    float sine = (float) StrictMath.sin(radians);
    float last = side - 1f;
    float x = (last - (cosine * last - sine * last)) / 2f;
    float y = (last - (sine * last + cosine * last)) / 2f;
    return new Affine(cosine, -sine, x, sine, cosine, y);
  }
}

package dev.supcon.runner.imagenetc;

/**
 * OpenCV's {@code warpAffine} of a {@code float} RGB image: bilinear between points rounded to 1/32
 * pixel, {@code BORDER_REFLECT_101}.
 */
final class AffineWarp {
  private static final int FINE = 1024;
  private static final int STEPS = 32;

  private final int side;

  /** From target to source: x = [0] x + [1] y + [2], y = [3] x + [4] y + [5]. */
  private final double[] inverse;

  /**
   * The map that takes three points to three others, all float as OpenCV has them.
   *
   * @param from x and y of three points
   */
  AffineWarp(int side, float[] from, float[] to) {
    this.side = side;
    inverse = new double[6];
    double x1 = (double) to[2] - to[0];
    double y1 = (double) to[3] - to[1];
    double x2 = (double) to[4] - to[0];
    double y2 = (double) to[5] - to[1];
    double determinant = x1 * y2 - x2 * y1;
    for (int axis = 0; axis < 2; axis++) {
      double first = (double) from[2 + axis] - from[axis];
      double second = (double) from[4 + axis] - from[axis];
      double byX = (first * y2 - second * y1) / determinant;
      double byY = (second * x1 - first * x2) / determinant;
      inverse[3 * axis] = byX;
      inverse[3 * axis + 1] = byY;
      inverse[3 * axis + 2] = from[axis] - byX * to[0] - byY * to[1];
    }
  }

  /**
   * @param image [side, side, 3]
   */
  float[] apply(float[] image) {
    float[] warped = new float[image.length];
    for (int y = 0; y < side; y++) {
      int startX = fine(inverse[1] * y + inverse[2]) + FINE / STEPS / 2;
      int startY = fine(inverse[4] * y + inverse[5]) + FINE / STEPS / 2;
      for (int x = 0; x < side; x++) {
        int stepsX = (startX + fine(inverse[0] * x)) >> 5; // FINE / STEPS
        int stepsY = (startY + fine(inverse[3] * x)) >> 5;
        sample(image, stepsX, stepsY, warped, 3 * (y * side + x));
      }
    }
    return warped;
  }

  private static int fine(double pixels) {
    return (int) Math.rint(pixels * FINE);
  }

  /** At a point counted in 1/32 pixel. */
  private void sample(float[] image, int stepsX, int stepsY, float[] into, int at) {
    float partX = (stepsX & (STEPS - 1)) / (float) STEPS;
    float partY = (stepsY & (STEPS - 1)) / (float) STEPS;
    int left = 3 * Borders.reflected(stepsX >> 5, side);
    int right = 3 * Borders.reflected((stepsX >> 5) + 1, side);
    int top = 3 * side * Borders.reflected(stepsY >> 5, side);
    int bottom = 3 * side * Borders.reflected((stepsY >> 5) + 1, side);
    for (int c = 0; c < 3; c++) {
      into[at + c] =
          image[top + left + c] * ((1 - partY) * (1 - partX))
              + image[top + right + c] * ((1 - partY) * partX)
              + image[bottom + left + c] * (partY * (1 - partX))
              + image[bottom + right + c] * (partY * partX);
    }
  }
}

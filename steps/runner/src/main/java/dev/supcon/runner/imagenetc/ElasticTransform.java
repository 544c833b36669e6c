package dev.supcon.runner.imagenetc;

/**
 * A random affine map, then every pixel moved by smoothed noise.
 *
 * <p>The affine map takes three points around the middle to places near by.
 */
final class ElasticTransform implements Corruption {
  private final int side;
  private final double strength;
  private final GaussianFilter filter;
  private final double jitter;

  /**
   * @param strength of the smoothed noise, in pixels
   * @param sigma of the smoothing, in pixels
   * @param jitter of the three points, in pixels
   */
  ElasticTransform(int side, double strength, double sigma, double jitter) {
    this.side = side;
    this.strength = strength;
    filter = GaussianFilter.mirrored(sigma, 3);
    this.jitter = jitter;
  }

  @Override
  public byte[] apply(byte[] image, Draws draws) {
    float[] warped = affine(draws).apply(UnitValues.floats(image));
    float[] moves = moves(draws);
    byte[] corrupted = new byte[image.length];
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        int pixel = y * side + x;
        double fromX = x + moves[2 * pixel];
        double fromY = y + moves[2 * pixel + 1];
        sample(warped, fromX, fromY, corrupted, 3 * pixel);
      }
    }
    return corrupted;
  }

  private AffineWarp affine(Draws draws) {
    int centre = side / 2;
    int reach = side / 3;
    float high = centre + reach;
    float low = centre - reach;
    float[] from = {high, high, high, low, low, low};
    float[] to = from.clone();
    for (int i = 0; i < to.length; i++) {
      to[i] += (float) draws.uniform(i, -jitter, jitter);
    }
    return new AffineWarp(side, from, to);
  }

  /** To the right and down, [side, side, 2]. */
  private float[] moves(Draws draws) {
    double[] noise = new double[2 * side * side];
    Draws right = draws.stream(1);
    Draws down = draws.stream(2);
    for (int i = 0; i < side * side; i++) {
      noise[2 * i] = right.uniform(i, -1, 1);
      noise[2 * i + 1] = down.uniform(i, -1, 1);
    }
    double[] smooth = filter.apply(noise, side, 2);
    float[] moves = new float[smooth.length];
    for (int i = 0; i < moves.length; i++) {
      moves[i] = (float) (smooth[i] * strength);
    }
    return moves;
  }

  /** SciPy's {@code map_coordinates} of order 1. */
  private void sample(float[] image, double atX, double atY, byte[] into, int at) {
    int floorX = (int) Math.floor(atX);
    int floorY = (int) Math.floor(atY);
    double partX = atX - floorX;
    double partY = atY - floorY;
    int left = 3 * Borders.mirrored(floorX, side);
    int right = 3 * Borders.mirrored(floorX + 1, side);
    int top = 3 * side * Borders.mirrored(floorY, side);
    int bottom = 3 * side * Borders.mirrored(floorY + 1, side);
    for (int c = 0; c < 3; c++) {
      double above =
          image[top + left + c] * (1 - partY) * (1 - partX)
              + image[top + right + c] * (1 - partY) * partX;
      double all =
          above
              + image[bottom + left + c] * partY * (1 - partX)
              + image[bottom + right + c] * partY * partX;
      into[at + c] = UnitValues.toByte((float) all);
    }
  }
}

package dev.supcon.runner.imagenetc;

/**
 * Blurred, pixels moved by a few at random, blurred again. The published code means to swap two
 * pixels, but through NumPy's views it copies one onto the other; so does this.
 */
final class GlassBlur implements Corruption {
  private final int side;
  private final GaussianFilter filter;
  private final int reach;
  private final int times;

  GlassBlur(int side, double sigma, int reach, int times) {
    this.side = side;
    filter = GaussianFilter.nearest(sigma);
    this.reach = reach;
    this.times = times;
  }

  @Override
  public byte[] apply(byte[] image, Draws draws) {
    byte[] pixels = UnitValues.bytes(filter.apply(UnitValues.of(image), side, 3));
    int position = 0;
    for (int i = 0; i < times; i++) {
      for (int y = side - reach; y > reach; y--) {
        for (int x = side - reach; x > reach; x--) {
          int fromX = x + draws.step(position, reach);
          int fromY = y + draws.step(position + 1, reach);
          position += 2;
          copyPixel(pixels, fromY * side + fromX, y * side + x);
        }
      }
    }
    return UnitValues.bytes(filter.apply(UnitValues.of(pixels), side, 3));
  }

  private static void copyPixel(byte[] pixels, int from, int to) {
    pixels[3 * to] = pixels[3 * from];
    pixels[3 * to + 1] = pixels[3 * from + 1];
    pixels[3 * to + 2] = pixels[3 * from + 2];
  }
}

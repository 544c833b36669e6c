package dev.supcon.runner.view;

/**
 * Affine maps of a square view onto itself by the nearest pixel. Keeps its scratch: one object per
 * thread.
 */
final class NearestAffine {
  private static final int FRACTION = 16;

  private final int side;
  private final byte[] source;

  NearestAffine(int side) {
    this.side = side;
    source = new byte[3 * side * side];
  }

  /** Pillow's {@code affine_fixed}: 16 fractional bits, pixel centres, 0 where there is nothing. */
  void fixed(Affine map, byte[] rgb, int offset) {
    System.arraycopy(rgb, offset, source, 0, source.length);
    int across = bits(map.a());
    int down = bits(map.d());
    int rowX = bits(map.c() + map.a() * 0.5 + map.b() * 0.5);
    int rowY = bits(map.f() + map.d() * 0.5 + map.e() * 0.5);
    int to = offset;
    for (int row = 0; row < side; row++) {
      int x = rowX;
      int y = rowY;
      for (int column = 0; column < side; column++, to += 3) {
        set(rgb, to, x >> FRACTION, y >> FRACTION, (byte) 0);
        x += across;
        y += down;
      }
      rowX += bits(map.b());
      rowY += bits(map.e());
    }
  }

  private static int bits(double value) {
    return (int) Math.floor(value * (1 << FRACTION) + 0.5);
  }

  /** TensorFlow's {@code ImageProjectiveTransform}: {@code float}, rounded half away from zero. */
  void floating(Affine map, byte empty, byte[] rgb, int offset) {
    System.arraycopy(rgb, offset, source, 0, source.length);
    float a = (float) map.a();
    float b = (float) map.b();
    float c = (float) map.c();
    float d = (float) map.d();
    float e = (float) map.e();
    float f = (float) map.f();
    int to = offset;
    for (int row = 0; row < side; row++) {
      for (int column = 0; column < side; column++, to += 3) {
        int x = nearest(a * column + b * row + c);
        int y = nearest(d * column + e * row + f);
        set(rgb, to, x, y, empty);
      }
    }
  }

  /** Below zero only its sign matters: whatever rounds to -1 or less lies outside. */
  private static int nearest(float place) {
    return place > -0.5f ? (int) (place + 0.5) : -1;
  }

  private void set(byte[] rgb, int to, int x, int y, byte empty) {
    if (x >= 0 && x < side && y >= 0 && y < side) {
      int from = 3 * (y * side + x);
      rgb[to] = source[from];
      rgb[to + 1] = source[from + 1];
      rgb[to + 2] = source[from + 2];
    } else {
      rgb[to] = empty;
      rgb[to + 1] = empty;
      rgb[to + 2] = empty;
    }
  }
}

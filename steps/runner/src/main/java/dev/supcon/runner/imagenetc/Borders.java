package dev.supcon.runner.imagenetc;

/** Which pixel stands in for one outside of the image. */
final class Borders {
  private Borders() {}

  /** The nearest: ImageMagick's edge, SciPy's {@code nearest}, OpenCV's {@code REPLICATE}. */
  static int nearest(int at, int length) {
    return Math.min(Math.max(at, 0), length - 1);
  }

  /** SciPy's {@code reflect}: mirrored with the border pixel repeated. */
  static int mirrored(int at, int length) {
    if (at >= 0 && at < length) {
      return at;
    }
    int wrapped = Math.floorMod(at, 2 * length);
    return Math.min(wrapped, 2 * length - 1 - wrapped);
  }

  /** OpenCV's {@code BORDER_REFLECT_101}: the border pixel itself is not repeated. */
  static int reflected(int at, int length) {
    if (at >= 0 && at < length) {
      return at;
    }
    int period = 2 * (length - 1);
    int wrapped = period == 0 ? 0 : Math.floorMod(at, period);
    return Math.min(wrapped, period - wrapped);
  }
}

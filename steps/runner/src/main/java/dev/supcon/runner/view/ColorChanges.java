package dev.supcon.runner.view;

/**
 * Colour operations on interleaved RGB bytes in place, with Pillow's arithmetic to the bit ({@code
 * ImageEnhance.py}, {@code Blend.c}, {@code Convert.c}): blends are computed in {@code float} and
 * truncated.
 *
 * <p>Keeps its scratch: one object per thread.
 */
final class ColorChanges {
  /** Values that are blended at a time: few enough to stay in the nearest cache. */
  static final int CHUNK = 768;

  private final byte[] table = new byte[256];
  private final RowBlend row = new RowBlend(CHUNK);

  void apply(ColorJitter jitter, byte[] rgb, int from, int to) {
    for (ColorJitter.Change change : ColorJitter.ORDERS.get(jitter.order())) {
      switch (change) {
        case BRIGHTNESS -> brightness((float) jitter.brightness(), rgb, from, to);
        case CONTRAST -> contrast((float) jitter.contrast(), rgb, from, to);
        case SATURATION -> saturation((float) jitter.saturation(), rgb, from, to);
        case HUE -> HueShift.apply(jitter.hue(), rgb, from, to);
      }
    }
  }

  /** Blend with black. */
  void brightness(float factor, byte[] rgb, int from, int to) {
    blendWithConstant(0, factor, rgb, from, to);
  }

  /** Blend with the rounded mean of the grey image. */
  void contrast(float factor, byte[] rgb, int from, int to) {
    long sum = 0;
    for (int i = from; i < to; i += 3) {
      sum += grey(rgb[i] & 255, rgb[i + 1] & 255, rgb[i + 2] & 255);
    }
    double mean = sum / ((to - from) / 3.0);
    blendWithConstant((int) (mean + 0.5), factor, rgb, from, to);
  }

  /** Blend with the grey image. */
  void saturation(float factor, byte[] rgb, int from, int to) {
    if (factor == 1) {
      return;
    }
    for (int start = from; start < to; start += CHUNK) {
      int length = Math.min(CHUNK, to - start);
      for (int i = 0; i < length; i += 3) {
        int at = start + i;
        int grey = grey(rgb[at] & 255, rgb[at + 1] & 255, rgb[at + 2] & 255);
        row.plain[i] = grey;
        row.plain[i + 1] = grey;
        row.plain[i + 2] = grey;
      }
      row.blend(factor, rgb, start, length);
    }
  }

  /** All three channels become the grey value. */
  static void grayscale(byte[] rgb, int from, int to) {
    for (int i = from; i < to; i += 3) {
      byte grey = (byte) grey(rgb[i] & 255, rgb[i + 1] & 255, rgb[i + 2] & 255);
      rgb[i] = grey;
      rgb[i + 1] = grey;
      rgb[i + 2] = grey;
    }
  }

  void blendWithConstant(int constant, float factor, byte[] rgb, int from, int to) {
    if (factor == 1) {
      return;
    }
    for (int value = 0; value < 256; value++) {
      table[value] = blend(constant, value, factor);
    }
    for (int i = from; i < to; i++) {
      rgb[i] = table[rgb[i] & 255];
    }
  }

  private static byte blend(int plain, int value, float factor) {
    return (byte) Math.clamp((int) (plain + factor * (value - plain)), 0, 255);
  }

  /** Pillow's L24: 0.299, 0.587, 0.114 in 16 bits. */
  private static int grey(int red, int green, int blue) {
    return (red * 19595 + green * 38470 + blue * 7471 + 0x8000) >> 16;
  }
}

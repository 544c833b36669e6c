package dev.supcon.runner.view;

/**
 * The colour jitter of google-research {@code supcon/preprocessing.py} by {@code tf.image}, on
 * values in 0…1 in {@code float}, clipped behind each change: brightness adds, contrast keeps each
 * channel's mean, saturation and hue change HSV's.
 *
 * <p>Keeps its scratch: one object per thread.
 */
final class AuthorsJitter {
  private static final float TINY = 1e-20f;

  private final float[] red;
  private final float[] green;
  private final float[] blue;

  AuthorsJitter(int side) {
    red = new float[side * side];
    green = new float[side * side];
    blue = new float[side * side];
  }

  void apply(ColorJitter jitter, byte[] rgb, int offset) {
    load(rgb, offset);
    for (ColorJitter.Change change : ColorJitter.ORDERS.get(jitter.order())) {
      switch (change) {
        case BRIGHTNESS -> brightness((float) (jitter.brightness() - 1));
        case CONTRAST -> contrast((float) jitter.contrast());
        case SATURATION -> saturation((float) jitter.saturation());
        case HUE -> hue((float) jitter.hue());
      }
    }
    store(rgb, offset);
  }

  private void load(byte[] rgb, int offset) {
    int from = offset;
    for (int i = 0; i < red.length; i++, from += 3) {
      red[i] = AuthorsGrey.UNIT[rgb[from] & 255];
      green[i] = AuthorsGrey.UNIT[rgb[from + 1] & 255];
      blue[i] = AuthorsGrey.UNIT[rgb[from + 2] & 255];
    }
  }

  private void store(byte[] rgb, int offset) {
    int to = offset;
    for (int i = 0; i < red.length; i++, to += 3) {
      rgb[to] = (byte) (int) (red[i] * AuthorsGrey.TO_BYTE);
      rgb[to + 1] = (byte) (int) (green[i] * AuthorsGrey.TO_BYTE);
      rgb[to + 2] = (byte) (int) (blue[i] * AuthorsGrey.TO_BYTE);
    }
  }

  private void brightness(float delta) {
    brighten(red, delta);
    brighten(green, delta);
    brighten(blue, delta);
  }

  private static void brighten(float[] plane, float delta) {
    for (int i = 0; i < plane.length; i++) {
      plane[i] = clipped(plane[i] + delta);
    }
  }

  private void contrast(float factor) {
    stretch(red, factor);
    stretch(green, factor);
    stretch(blue, factor);
  }

  private static void stretch(float[] plane, float factor) {
    float mean = mean(plane);
    for (int i = 0; i < plane.length; i++) {
      plane[i] = clipped((plane[i] - mean) * factor + mean);
    }
  }

  /** Four sums at once: alone, each addition would wait for the one before. */
  private static float mean(float[] plane) {
    double first = 0;
    double second = 0;
    double third = 0;
    double fourth = 0;
    int whole = plane.length & ~3;
    for (int i = 0; i < whole; i += 4) {
      first += plane[i];
      second += plane[i + 1];
      third += plane[i + 2];
      fourth += plane[i + 3];
    }
    for (int i = whole; i < plane.length; i++) {
      first += plane[i];
    }
    return (float) ((first + second + third + fourth) / plane.length);
  }

  /** HSV's saturation times the factor, at most 1; hue and value stay. */
  private void saturation(float factor) {
    for (int i = 0; i < red.length; i++) {
      float value = Math.max(red[i], Math.max(green[i], blue[i]));
      float chroma = value - Math.min(red[i], Math.min(green[i], blue[i]));
      float growth = Math.min(factor, value / Math.max(chroma, TINY));
      red[i] = clipped(value - (value - red[i]) * growth);
      green[i] = clipped(value - (value - green[i]) * growth);
      blue[i] = clipped(value - (value - blue[i]) * growth);
    }
  }

  /** Turns the colour circle; highest and lowest value of a pixel stay. */
  private void hue(float turn) {
    float sixths = 6 * turn;
    for (int i = 0; i < red.length; i++) {
      float high = Math.max(red[i], Math.max(green[i], blue[i]));
      float low = Math.min(red[i], Math.min(green[i], blue[i]));
      float chroma = high - low;
      float hue = hue(i, high, Math.max(chroma, TINY)) + sixths;
      hue = hue < 0 ? hue + 6 : hue;
      hue = hue >= 6 ? hue - 6 : hue;
      red[i] = low + chroma * clipped(Math.abs(hue - 3) - 1);
      green[i] = low + chroma * clipped(2 - Math.abs(hue - 2));
      blue[i] = low + chroma * clipped(2 - Math.abs(hue - 4));
    }
  }

  /** In sixths of the circle. */
  private float hue(int i, float high, float chroma) {
    if (red[i] == high) {
      return (green[i] - blue[i]) / chroma;
    }
    return green[i] == high ? 2 + (blue[i] - red[i]) / chroma : 4 + (red[i] - green[i]) / chroma;
  }

  private static float clipped(float value) {
    return Math.min(Math.max(value, 0f), 1f);
  }
}

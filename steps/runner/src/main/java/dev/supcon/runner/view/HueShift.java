package dev.supcon.runner.view;

/**
 * torchvision's {@code adjust_hue} on a Pillow image: to HSV bytes, H plus {@code uint8(hue * 255)}
 * with wrap-around, and back; {@code float} and {@code double} mixed as in Pillow's {@code
 * Convert.c}. What two bytes decide is looked up.
 */
final class HueShift {
  /** By the highest channel and then the lowest, and (highest - middle, chroma): H as a byte. */
  private static final byte[][] HUES = new byte[6][];

  /** By (chroma, value): S as a byte. */
  private static final byte[] SATURATIONS = new byte[1 << 16];

  /** By (S, value): the lowest channel. */
  private static final byte[] LOWEST = new byte[1 << 16];

  private static final int[] SECTOR = new int[256];
  private static final float[] FRACTION = new float[256];
  private static final float[] SATURATION = new float[256];

  private static final int RED_THEN_GREEN = 0; // blue is lowest
  private static final int RED_THEN_BLUE = 1;
  private static final int GREEN_THEN_RED = 2;
  private static final int GREEN_THEN_BLUE = 3;
  private static final int BLUE_THEN_RED = 4;
  private static final int BLUE_THEN_GREEN = 5;

  static {
    for (int i = 0; i < 256; i++) {
      double sixths = i * 6.0 / 255.0;
      int sector = (int) sixths;
      SECTOR[i] = sector % 6;
      FRACTION[i] = (float) (sixths - sector);
      SATURATION[i] = (float) (i / 255.0);
    }
    for (int i = 0; i < 1 << 16; i++) {
      int high = i >> 8;
      int value = i & 255;
      SATURATIONS[i] = (byte) (int) ((float) high / (float) value * 255.0);
      LOWEST[i] = rounded(value * (1.0 - SATURATION[high]));
    }
    for (int order = 0; order < HUES.length; order++) {
      HUES[order] = hues(order);
    }
  }

  private HueShift() {}

  private static byte[] hues(int order) {
    byte[] hues = new byte[1 << 16];
    for (int chroma = 1; chroma < 256; chroma++) {
      for (int middle = 0; middle <= chroma; middle++) {
        hues[(middle << 8) | chroma] = (byte) hue(order, middle / (float) chroma);
      }
    }
    return hues;
  }

  /**
   * @param middle distance of the middle channel from the highest, in chromas; the lowest's is 1
   */
  private static int hue(int order, float middle) {
    float sixths =
        switch (order) {
          case RED_THEN_GREEN -> 1f - middle;
          case RED_THEN_BLUE -> middle - 1f;
          case GREEN_THEN_RED -> (float) (2.0 + middle - 1f);
          case GREEN_THEN_BLUE -> (float) (2.0 + 1f - middle);
          case BLUE_THEN_GREEN -> (float) (4.0 + middle - 1f);
          default -> (float) (4.0 + 1f - middle);
        };
    double turn = sixths / 6.0 + 1.0;
    float wrapped = (float) (turn >= 1.0 ? turn - 1.0 : turn);
    return Math.min((int) (wrapped * 255.0), 255);
  }

  /**
   * @param hue turn of the colour circle in [-0.5, 0.5]; 0 still rounds to HSV bytes and back
   */
  static void apply(double hue, byte[] rgb, int from, int to) {
    int shift = (int) (hue * 255) & 255;
    for (int i = from; i < to; i += 3) {
      shift(shift, rgb, i);
    }
  }

  private static void shift(int shift, byte[] rgb, int at) {
    int red = rgb[at] & 255;
    int green = rgb[at + 1] & 255;
    int blue = rgb[at + 2] & 255;
    int value = Math.max(red, Math.max(green, blue));
    int lowest = Math.min(red, Math.min(green, blue));
    int chroma = value - lowest;
    if (chroma == 0) {
      return;
    }
    int middle = red + green + blue - value - lowest;
    byte hue = HUES[order(red, green, blue, value)][((value - middle) << 8) | chroma];
    write(((hue & 255) + shift) & 255, SATURATIONS[(chroma << 8) | value] & 255, value, rgb, at);
  }

  /** Of equal channels red counts as higher than green, and green as higher than blue. */
  private static int order(int red, int green, int blue, int value) {
    if (red == value) {
      return green >= blue ? RED_THEN_GREEN : RED_THEN_BLUE;
    }
    if (green == value) {
      return red >= blue ? GREEN_THEN_RED : GREEN_THEN_BLUE;
    }
    return red >= green ? BLUE_THEN_RED : BLUE_THEN_GREEN;
  }

  private static void write(int hue, int saturation, int value, byte[] rgb, int at) {
    byte v = (byte) value;
    byte p = LOWEST[(saturation << 8) | value];
    switch (SECTOR[hue]) {
      case 0 -> set(rgb, at, v, rising(hue, saturation, value), p);
      case 1 -> set(rgb, at, falling(hue, saturation, value), v, p);
      case 2 -> set(rgb, at, p, v, rising(hue, saturation, value));
      case 3 -> set(rgb, at, p, falling(hue, saturation, value), v);
      case 4 -> set(rgb, at, rising(hue, saturation, value), p, v);
      default -> set(rgb, at, v, p, falling(hue, saturation, value));
    }
  }

  private static byte falling(int hue, int saturation, int value) {
    return rounded(value * (1.0 - SATURATION[saturation] * FRACTION[hue]));
  }

  private static byte rising(int hue, int saturation, int value) {
    return rounded(value * (1.0 - SATURATION[saturation] * (1.0 - FRACTION[hue])));
  }

  private static void set(byte[] rgb, int at, byte red, byte green, byte blue) {
    rgb[at] = red;
    rgb[at + 1] = green;
    rgb[at + 2] = blue;
  }

  private static byte rounded(double value) {
    return (byte) (int) (value + 0.5);
  }
}

package dev.supcon.runner.view;

/**
 * torchvision's {@code adjust_hue} on a Pillow image: to HSV bytes, H plus {@code uint8(hue * 255)}
 * with wrap-around, and back; {@code float} and {@code double} mixed as in Pillow's {@code
 * Convert.c}.
 */
final class HueShift {
  private static final int[] SECTOR = new int[256];
  private static final float[] FRACTION = new float[256];
  private static final float[] SATURATION = new float[256];

  static {
    for (int byteValue = 0; byteValue < 256; byteValue++) {
      double sixths = byteValue * 6.0 / 255.0;
      int sector = (int) sixths;
      SECTOR[byteValue] = sector % 6;
      FRACTION[byteValue] = (float) (sixths - sector);
      SATURATION[byteValue] = (float) (byteValue / 255.0);
    }
  }

  private HueShift() {}

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
    int chroma = value - Math.min(red, Math.min(green, blue));
    if (chroma == 0) {
      return;
    }
    int hue = (hue(red, green, blue, value, chroma) + shift) & 255;
    int saturation = (int) ((float) chroma / (float) value * 255.0);
    write(hue, saturation, value, rgb, at);
  }

  private static int hue(int red, int green, int blue, int value, float chroma) {
    float sixths;
    if (red == value) {
      sixths = (value - blue) / chroma - (value - green) / chroma;
    } else if (green == value) {
      sixths = (float) (2.0 + (value - red) / chroma - (value - blue) / chroma);
    } else {
      sixths = (float) (4.0 + (value - green) / chroma - (value - red) / chroma);
    }
    double turn = sixths / 6.0 + 1.0;
    float wrapped = (float) (turn >= 1.0 ? turn - 1.0 : turn);
    return Math.min((int) (wrapped * 255.0), 255);
  }

  private static void write(int hue, int saturation, int value, byte[] rgb, int at) {
    float s = SATURATION[saturation];
    float fraction = FRACTION[hue];
    byte v = (byte) value;
    byte p = rounded(value * (1.0 - s));
    byte q = rounded(value * (1.0 - s * fraction));
    byte t = rounded(value * (1.0 - s * (1.0 - fraction)));
    switch (SECTOR[hue]) {
      case 0 -> set(rgb, at, v, t, p);
      case 1 -> set(rgb, at, q, v, p);
      case 2 -> set(rgb, at, p, v, t);
      case 3 -> set(rgb, at, p, q, v);
      case 4 -> set(rgb, at, t, p, v);
      default -> set(rgb, at, v, p, q);
    }
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

package dev.supcon.runner.imagenetc;

/** scikit-image's {@code rgb2hsv} and {@code hsv2rgb} of one pixel, in {@code double}. */
final class Hsv {
  double saturation;
  double value;

  /** Of 0 to 6. */
  private double hue;

  void set(byte[] image, int at) {
    double red = UnitValues.of(image[at]);
    double green = UnitValues.of(image[at + 1]);
    double blue = UnitValues.of(image[at + 2]);
    value = Math.max(Math.max(red, green), blue);
    double delta = value - Math.min(Math.min(red, green), blue);
    saturation = delta == 0 ? 0 : delta / value;
    hue = delta == 0 ? 0 : hue(red, green, blue, delta);
  }

  /** Of equal maxima the last counts. */
  private double hue(double red, double green, double blue, double delta) {
    double sixths;
    if (blue == value) {
      sixths = 4 + (red - green) / delta;
    } else if (green == value) {
      sixths = 2 + (blue - red) / delta;
    } else {
      sixths = (green - blue) / delta;
    }
    double turn = sixths / 6;
    return (turn < 0 ? turn + 1 : turn) * 6;
  }

  void write(byte[] image, int at) {
    double sector = Math.floor(hue);
    double part = hue - sector;
    double p = value * (1 - saturation);
    double q = value * (1 - part * saturation);
    double t = value * (1 - (1 - part) * saturation);
    switch ((int) sector % 6) {
      case 0 -> write(image, at, value, t, p);
      case 1 -> write(image, at, q, value, p);
      case 2 -> write(image, at, p, value, t);
      case 3 -> write(image, at, p, q, value);
      case 4 -> write(image, at, t, p, value);
      default -> write(image, at, value, p, q);
    }
  }

  private static void write(byte[] image, int at, double red, double green, double blue) {
    image[at] = UnitValues.toByte(red);
    image[at + 1] = UnitValues.toByte(green);
    image[at + 2] = UnitValues.toByte(blue);
  }
}

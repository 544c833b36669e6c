package dev.supcon.runner.imagenetc;

import java.util.function.Consumer;

/** What depends on a pixel's own values, and on the mean of all. */
final class ColorCorruptions {
  private ColorCorruptions() {}

  /**
   * @param more of HSV's value
   */
  static Corruption brightness(double more) {
    return hsv(pixel -> pixel.value = clipped(pixel.value + more));
  }

  /** HSV's saturation times a factor plus a constant. */
  static Corruption saturate(double factor, double more) {
    return hsv(pixel -> pixel.saturation = clipped(pixel.saturation * factor + more));
  }

  private static Corruption hsv(Consumer<Hsv> change) {
    return (image, draws) -> {
      byte[] corrupted = new byte[image.length];
      Hsv pixel = new Hsv();
      for (int i = 0; i < image.length; i += 3) {
        pixel.set(image, i);
        change.accept(pixel);
        pixel.write(corrupted, i);
      }
      return corrupted;
    };
  }

  /**
   * @param factor what remains of the distance from the mean of a channel
   */
  static Corruption contrast(double factor) {
    return (image, draws) -> {
      byte[] corrupted = new byte[image.length];
      for (int channel = 0; channel < 3; channel++) {
        double mean = mean(image, channel);
        for (int i = channel; i < image.length; i += 3) {
          corrupted[i] = UnitValues.toByte((UnitValues.of(image[i]) - mean) * factor + mean);
        }
      }
      return corrupted;
    };
  }

  private static double mean(byte[] image, int channel) {
    double sum = 0;
    for (int i = channel; i < image.length; i += 3) {
      sum += UnitValues.of(image[i]);
    }
    int pixels = image.length / 3;
    return sum / pixels;
  }

  private static double clipped(double value) {
    return Math.min(Math.max(value, 0), 1);
  }
}

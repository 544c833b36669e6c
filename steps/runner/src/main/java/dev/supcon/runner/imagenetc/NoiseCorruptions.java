package dev.supcon.runner.imagenetc;

/** Noise of each value by itself. */
final class NoiseCorruptions {
  private NoiseCorruptions() {}

  static Corruption gaussian(double sigma) {
    return (image, draws) -> {
      byte[] corrupted = new byte[image.length];
      for (int i = 0; i < image.length; i++) {
        corrupted[i] = UnitValues.toByte(UnitValues.of(image[i]) + sigma * draws.normal(i));
      }
      return corrupted;
    };
  }

  static Corruption speckle(double scale) {
    return (image, draws) -> {
      byte[] corrupted = new byte[image.length];
      for (int i = 0; i < image.length; i++) {
        double value = UnitValues.of(image[i]);
        corrupted[i] = UnitValues.toByte(value + value * (scale * draws.normal(i)));
      }
      return corrupted;
    };
  }

  /** Salt and pepper, half and half: scikit-image's {@code random_noise}. */
  static Corruption impulse(double amount) {
    return (image, draws) -> {
      Draws salted = draws.stream(1);
      byte[] corrupted = image.clone();
      for (int i = 0; i < image.length; i++) {
        if (draws.uniform(i) <= amount) {
          corrupted[i] = (byte) (salted.uniform(i) <= 0.5 ? 255 : 0);
        }
      }
      return corrupted;
    };
  }
}

package dev.supcon.runner.view;

/**
 * {@code _augmentation_space} of torchvision's {@code autoaugment.py}: a level is a bin of {@code
 * torch.linspace} in {@code float}; between bins, where a magnitude is random, it goes on evenly.
 *
 * @param bins 10 of AutoAugment, 31 of RandAugment
 * @param side of the view in pixels
 */
record TorchvisionLevels(int bins, int side) implements Levels {
  static final int AUTO_AUGMENT_BINS = 10;
  static final int RAND_AUGMENT_BINS = 31;

  @Override
  public double highest() {
    return bins - 1;
  }

  @Override
  public double amount(Operation operation, double level, boolean negative) {
    double sign = negative ? -1 : 1;
    return switch (operation) {
      case SHEAR_X, SHEAR_Y -> sign * between(0, 0.3f, level);
      case TRANSLATE_X, TRANSLATE_Y ->
          (int) (sign * between(0, (float) (150.0 / 331.0 * side), level));
      case ROTATE -> sign * between(0, 30, level);
      case CONTRAST, COLOR, BRIGHTNESS, SHARPNESS -> 1 + sign * between(0, 0.9f, level);
      case POSTERIZE -> 8 - (int) Math.rint(level / (highest() / 4));
      case SOLARIZE -> between(255, 0, level);
      case IDENTITY, AUTO_CONTRAST, EQUALIZE, INVERT -> 0;
      case SOLARIZE_ADD, CUTOUT ->
          throw new IllegalArgumentException("torchvision has no " + operation);
    };
  }

  /** From both ends to the middle and with one rounding, as torch does it where there is AVX2. */
  private float between(float start, float end, double level) {
    float step = (end - start) / (bins - 1);
    int half = bins / 2;
    return level < half
        ? Math.fma(step, (float) level, start)
        : Math.fma(-step, (float) (highest() - level), end);
  }
}

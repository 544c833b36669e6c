package dev.supcon.runner.view;

/**
 * {@code level_to_arg} of {@code official/vision/image_classification/augment.py} in TensorFlow's
 * models, which the paper's code imports. A higher level of posterize and solarize changes less.
 *
 * @param translation pixels at level 10, whatever the image's size
 * @param cutout half the side of the square at level 10, in pixels
 */
record AuthorsLevels(double translation, double cutout) implements Levels {
  static final AuthorsLevels AUTO_AUGMENT = new AuthorsLevels(250, 100);
  static final AuthorsLevels RAND_AUGMENT = new AuthorsLevels(100, 40);

  @Override
  public double highest() {
    return 10;
  }

  @Override
  public double amount(Operation operation, double level, boolean negative) {
    double part = level / highest();
    double sign = negative ? -1 : 1;
    return switch (operation) {
      case SHEAR_X, SHEAR_Y -> sign * part * 0.3;
      case TRANSLATE_X, TRANSLATE_Y -> sign * part * translation;
      case ROTATE -> sign * part * 30;
      case CONTRAST, COLOR, BRIGHTNESS, SHARPNESS -> part * 1.8 + 0.1;
      case POSTERIZE -> Math.floor(part * 4);
      case SOLARIZE -> Math.floor(part * 256);
      case SOLARIZE_ADD -> Math.floor(part * 110);
      case CUTOUT -> Math.floor(part * cutout);
      case IDENTITY, AUTO_CONTRAST, EQUALIZE, INVERT -> 0;
    };
  }
}

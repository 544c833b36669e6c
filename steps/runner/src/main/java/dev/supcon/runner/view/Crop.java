package dev.supcon.runner.view;

import dev.supcon.runner.data.CounterRandom;
import dev.supcon.runner.data.Picture;

/** A box of an image, in pixels. */
record Crop(int x, int y, int width, int height) {
  private static final int TRIES = 10;
  private static final int NUMBERS_PER_TRY = 4;
  private static final double NARROWEST = 3.0 / 4;
  private static final double WIDEST = 4.0 / 3;

  /**
   * torchvision's {@code RandomResizedCrop.get_params}: area uniform, aspect log-uniform in 3/4 to
   * 4/3, at most ten tries, then the largest central box of an allowed aspect.
   */
  static Crop random(long key, Picture image, double areaMin, double areaMax) {
    double area = (double) image.width() * image.height();
    double narrowest = StrictMath.log(NARROWEST);
    double widest = StrictMath.log(WIDEST);
    for (int i = 0; i < TRIES * NUMBERS_PER_TRY; i += NUMBERS_PER_TRY) {
      double wanted = area * between(areaMin, areaMax, CounterRandom.uniform(key, i));
      double aspect =
          StrictMath.exp(between(narrowest, widest, CounterRandom.uniform(key, i + 1L)));
      int width = (int) Math.rint(Math.sqrt(wanted * aspect));
      int height = (int) Math.rint(Math.sqrt(wanted / aspect));
      if (width > 0 && width <= image.width() && height > 0 && height <= image.height()) {
        int y = CounterRandom.below(key, i + 2L, image.height() - height + 1);
        int x = CounterRandom.below(key, i + 3L, image.width() - width + 1);
        return new Crop(x, y, width, height);
      }
    }
    return central(image.width(), image.height());
  }

  static Crop central(int imageWidth, int imageHeight) {
    double aspect = (double) imageWidth / imageHeight;
    int width = aspect > WIDEST ? (int) Math.rint(imageHeight * WIDEST) : imageWidth;
    int height = aspect < NARROWEST ? (int) Math.rint(imageWidth / NARROWEST) : imageHeight;
    return new Crop((imageWidth - width) / 2, (imageHeight - height) / 2, width, height);
  }

  private static double between(double low, double high, double fraction) {
    return low + (high - low) * fraction;
  }
}

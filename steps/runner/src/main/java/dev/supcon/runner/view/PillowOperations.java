package dev.supcon.runner.view;

/**
 * torchvision's operations on Pillow images, to the bit ({@code ImageOps.py}, {@code
 * ImageEnhance.py}, {@code Blend.c}, {@code Filter.c}, {@code Geometry.c}).
 */
final class PillowOperations implements PixelOperations {
  private final int side;
  private final int size;
  private final ColorChanges colours = new ColorChanges();
  private final ByteTables tables = new ByteTables();
  private final NearestAffine affine;
  private final Sharpening sharpening;

  PillowOperations(int side) {
    this.side = side;
    size = 3 * side * side;
    affine = new NearestAffine(side);
    sharpening = new Sharpening(side);
  }

  @Override
  public void jitter(ColorJitter jitter, byte[] rgb, int offset) {
    colours.apply(jitter, rgb, offset, offset + size);
  }

  @Override
  public void grayscale(byte[] rgb, int offset) {
    ColorChanges.grayscale(rgb, offset, offset + size);
  }

  @Override
  public void apply(DrawnOperation drawn, byte[] rgb, int offset) {
    double amount = drawn.amount();
    int end = offset + size;
    switch (drawn.operation()) {
      case IDENTITY -> {}
      case SHEAR_X -> affine.fixed(Affine.pillowShearX(amount), rgb, offset);
      case SHEAR_Y -> affine.fixed(Affine.pillowShearY(amount), rgb, offset);
      case TRANSLATE_X -> affine.fixed(Affine.translation(-amount, 0), rgb, offset);
      case TRANSLATE_Y -> affine.fixed(Affine.translation(0, -amount), rgb, offset);
      case ROTATE -> affine.fixed(Affine.pillowRotation(amount, side), rgb, offset);
      case AUTO_CONTRAST -> tables.autoContrast(rgb, offset, end);
      case EQUALIZE -> tables.equalize(rgb, offset, end);
      case INVERT -> ByteTables.invert(rgb, offset, end);
      case SOLARIZE -> tables.solarize(amount, rgb, offset, end);
      case POSTERIZE -> ByteTables.posterize((int) amount, rgb, offset, end);
      case CONTRAST -> colours.contrast((float) amount, rgb, offset, end);
      case COLOR -> colours.saturation((float) amount, rgb, offset, end);
      case BRIGHTNESS -> colours.brightness((float) amount, rgb, offset, end);
      case SHARPNESS -> sharpening.rounded((float) amount, rgb, offset);
      case SOLARIZE_ADD, CUTOUT ->
          throw new IllegalArgumentException("torchvision has no " + drawn.operation());
    }
  }
}

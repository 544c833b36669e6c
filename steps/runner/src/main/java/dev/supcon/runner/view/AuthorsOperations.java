package dev.supcon.runner.view;

import java.util.Arrays;

/**
 * The operations of the paper's TensorFlow code ({@code augment.py} of TensorFlow's models, {@code
 * tf.image}), in its {@code float}. What an affine map leaves empty becomes 128, as its comments
 * say; a newer Keras reflects the image there instead.
 */
final class AuthorsOperations implements PixelOperations {
  private static final byte EMPTY = (byte) 128;

  private final int side;
  private final int size;
  private final ColorChanges colours = new ColorChanges();
  private final AuthorsJitter jitter;
  private final ByteTables tables = new ByteTables();
  private final NearestAffine affine;
  private final Sharpening sharpening;
  private final RowBlend row;

  AuthorsOperations(int side) {
    this.side = side;
    size = 3 * side * side;
    jitter = new AuthorsJitter(side);
    affine = new NearestAffine(side);
    sharpening = new Sharpening(side);
    row = new RowBlend(3 * side);
  }

  @Override
  public void jitter(ColorJitter drawn, byte[] rgb, int offset) {
    jitter.apply(drawn, rgb, offset);
  }

  @Override
  public void grayscale(byte[] rgb, int offset) {
    AuthorsGrey.grayscale(rgb, offset, offset + size);
  }

  @Override
  public void apply(DrawnOperation drawn, byte[] rgb, int offset) {
    double amount = drawn.amount();
    int end = offset + size;
    switch (drawn.operation()) {
      case IDENTITY -> {}
      case SHEAR_X -> affine.floating(Affine.shearX((float) amount), EMPTY, rgb, offset);
      case SHEAR_Y -> affine.floating(Affine.shearY((float) amount), EMPTY, rgb, offset);
      case TRANSLATE_X -> affine.floating(Affine.translation(amount, 0), EMPTY, rgb, offset);
      case TRANSLATE_Y -> affine.floating(Affine.translation(0, amount), EMPTY, rgb, offset);
      case ROTATE -> affine.floating(Affine.authorsRotation(amount, side), EMPTY, rgb, offset);
      case AUTO_CONTRAST -> tables.autoContrastFloat(rgb, offset, end);
      case EQUALIZE -> tables.equalize(rgb, offset, end);
      case INVERT -> ByteTables.invert(rgb, offset, end);
      case SOLARIZE -> tables.solarize(amount, rgb, offset, end);
      case SOLARIZE_ADD -> tables.solarizeAdd((int) amount, rgb, offset, end);
      case POSTERIZE -> ByteTables.posterize(Math.max((int) amount, 1), rgb, offset, end);
      case CONTRAST ->
          colours.blendWithConstant(contrastConstant(), (float) amount, rgb, offset, end);
      case COLOR -> color((float) amount, rgb, offset, end);
      case BRIGHTNESS -> colours.brightness((float) amount, rgb, offset, end);
      case SHARPNESS -> sharpening.truncated((float) amount, rgb, offset);
      case CUTOUT -> cutout(drawn, rgb, offset);
    }
  }

  /** Blend with the grey image. */
  private void color(float factor, byte[] rgb, int from, int to) {
    if (factor == 1) {
      return;
    }
    int length = 3 * side;
    for (int start = from; start < to; start += length) {
      for (int i = 0; i < length; i += 3) {
        int at = start + i;
        int grey = AuthorsGrey.of(rgb[at] & 255, rgb[at + 1] & 255, rgb[at + 2] & 255);
        row.plain[i] = grey;
        row.plain[i + 1] = grey;
        row.plain[i + 2] = grey;
      }
      row.blend(factor, rgb, start, length);
    }
  }

  /** Not the mean: the histogram's sum, which is the number of pixels, over 256. */
  private int contrastConstant() {
    return Math.min(side * side / 256, 255);
  }

  private void cutout(DrawnOperation drawn, byte[] rgb, int offset) {
    int reach = (int) drawn.amount();
    int row = (int) (drawn.row() * side);
    int column = (int) (drawn.column() * side);
    int left = 3 * Math.max(0, column - reach);
    int right = 3 * Math.min(side, column + reach);
    for (int y = Math.max(0, row - reach); y < Math.min(side, row + reach); y++) {
      int start = offset + 3 * side * y;
      Arrays.fill(rgb, start + left, start + right, EMPTY);
    }
  }
}

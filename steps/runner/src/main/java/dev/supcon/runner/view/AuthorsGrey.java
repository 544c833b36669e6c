package dev.supcon.runner.view;

/**
 * {@code tf.image.rgb_to_grayscale} of bytes: to 0…1, weighted, times 255.5, truncated, in {@code
 * float}.
 */
final class AuthorsGrey {
  /** {@code tf.image.convert_image_dtype} from a byte. */
  static final float[] UNIT = new float[256];

  private static final float RED = 0.2989f;
  private static final float GREEN = 0.587f;
  private static final float BLUE = 0.114f;

  /** {@code convert_image_dtype} to a byte: times this, truncated. */
  static final float TO_BYTE = 255.5f;

  static {
    for (int value = 0; value < 256; value++) {
      UNIT[value] = value * (1f / 255);
    }
  }

  private AuthorsGrey() {}

  static int of(int red, int green, int blue) {
    float grey = UNIT[red] * RED + UNIT[green] * GREEN + UNIT[blue] * BLUE;
    return (int) (grey * TO_BYTE);
  }

  /** All three channels become the grey value. */
  static void grayscale(byte[] rgb, int from, int to) {
    for (int i = from; i < to; i += 3) {
      byte grey = (byte) of(rgb[i] & 255, rgb[i + 1] & 255, rgb[i + 2] & 255);
      rgb[i] = grey;
      rgb[i + 1] = grey;
      rgb[i + 2] = grey;
    }
  }
}

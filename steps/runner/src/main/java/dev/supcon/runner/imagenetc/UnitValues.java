package dev.supcon.runner.imagenetc;

/** Bytes as the published scripts compute with them: 0 to 1; back clipped and truncated. */
final class UnitValues {
  private static final double[] OF_BYTE = new double[256];

  static {
    for (int i = 0; i < OF_BYTE.length; i++) {
      OF_BYTE[i] = i / 255.0;
    }
  }

  private UnitValues() {}

  static double of(byte value) {
    return OF_BYTE[value & 255];
  }

  static double[] of(byte[] image) {
    double[] values = new double[image.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = of(image[i]);
    }
    return values;
  }

  /** {@code np.float32(value) / 255}. */
  static float floatOf(byte value) {
    return (value & 255) / 255f;
  }

  /** The same of a whole image. */
  static float[] floats(byte[] image) {
    float[] values = new float[image.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = floatOf(image[i]);
    }
    return values;
  }

  /** {@code np.uint8(np.clip(value, 0, 1) * 255)}. */
  static byte toByte(double value) {
    return (byte) (int) (Math.min(Math.max(value, 0), 1) * 255);
  }

  static byte[] bytes(double[] values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = toByte(values[i]);
    }
    return bytes;
  }

  /** The same in {@code float}. */
  static byte toByte(float value) {
    return (byte) (int) (Math.min(Math.max(value, 0f), 1f) * 255f);
  }
}

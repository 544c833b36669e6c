package dev.supcon.runner.view;

/**
 * The natural logarithm by a table: absolute error below 1e-8, the same bits on every machine, five
 * times as fast as {@code StrictMath}'s.
 */
final class FastLog {
  private static final int BITS = 12;
  private static final int MANTISSA = 52;
  private static final double PART = 0x1p-40; // of a table's step, for what lies below its bits
  private static final double[] TABLE = new double[(1 << BITS) + 1];
  private static final double LOG_2 = StrictMath.log(2);

  static {
    for (int i = 0; i < TABLE.length; i++) {
      TABLE[i] = StrictMath.log(1 + i * 0x1p-12);
    }
  }

  private FastLog() {}

  /**
   * @param value positive and normal
   */
  static double of(double value) {
    long bits = Double.doubleToRawLongBits(value);
    int exponent = (int) (bits >>> MANTISSA) - 1023;
    int index = (int) (bits >>> (MANTISSA - BITS)) & ((1 << BITS) - 1);
    double part = (bits & ((1L << (MANTISSA - BITS)) - 1)) * PART;
    return exponent * LOG_2 + TABLE[index] + part * (TABLE[index + 1] - TABLE[index]);
  }
}

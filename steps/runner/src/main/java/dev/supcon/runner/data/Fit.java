package dev.supcon.runner.data;

/**
 * Scales an image by its shorter side and crops the centre: bilinear with antialiasing, the
 * triangle filter of Pillow's {@code resize}, in floating point.
 */
record Fit(int width, int height, int side) {

  /** HWC to HWC, uint8. */
  byte[] apply(byte[] rgb) {
    double scale = Math.min(width, height) / (double) side;
    double[] narrow = new double[height * side * 3];
    for (int x = 0; x < side; x++) {
      Taps taps = Taps.of(x, width, side, scale);
      for (int y = 0; y < height; y++) {
        for (int c = 0; c < 3; c++) {
          double sum = 0;
          for (int i = 0; i < taps.weights().length; i++) {
            sum += taps.weights()[i] * (rgb[(y * width + taps.first() + i) * 3 + c] & 0xFF);
          }
          narrow[(y * side + x) * 3 + c] = sum;
        }
      }
    }
    return down(narrow, scale);
  }

  private byte[] down(double[] narrow, double scale) {
    byte[] result = new byte[side * side * 3];
    int row = side * 3;
    for (int y = 0; y < side; y++) {
      Taps taps = Taps.of(y, height, side, scale);
      for (int j = 0; j < row; j++) {
        double sum = 0;
        for (int i = 0; i < taps.weights().length; i++) {
          sum += taps.weights()[i] * narrow[(taps.first() + i) * row + j];
        }
        result[y * row + j] = (byte) Math.clamp(Math.round(sum), 0, 255);
      }
    }
    return result;
  }

  /** Weights of the samples that one position of the result is made of; they add up to 1. */
  @SuppressWarnings("ArrayRecordComponent") // lives for one row
  private record Taps(int first, double[] weights) {

    static Taps of(int position, int size, int side, double scale) {
      double reach = Math.max(scale, 1);
      double margin = (size - side * scale) / 2;
      double centre = margin + (position + 0.5) * scale;
      int first = (int) Math.max(0, Math.floor(centre - reach + 0.5));
      int end = (int) Math.min(size, Math.floor(centre + reach + 0.5));
      double[] weights = new double[end - first];
      double sum = 0;
      for (int i = 0; i < weights.length; i++) {
        weights[i] = Math.max(0, 1 - Math.abs(first + i + 0.5 - centre) / reach);
        sum += weights[i];
      }
      for (int i = 0; i < weights.length; i++) {
        weights[i] /= sum;
      }
      return new Taps(first, weights);
    }
  }
}

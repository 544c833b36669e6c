package dev.supcon.runner.imagenetc;

/** How thick the published spatter's water lies, from a layer of liquid: OpenCV's steps. */
final class Water {
  private final int side;

  Water(int side) {
    this.side = side;
  }

  /**
   * @param liquid [side, side] uint8
   * @return [side, side], the thickest is 1; all 0 where there is none
   */
  float[] thickness(byte[] liquid) {
    float[] far = EdgeDistance.of(Canny.edges(liquid, side, 50, 150), side, 20);
    byte[] shade = blurred(embossed(equalized(blurredFar(far))));
    float[] thickness = new float[shade.length];
    float most = 0;
    for (int i = 0; i < shade.length; i++) {
      thickness[i] = (liquid[i] & 255) * (float) (shade[i] & 255);
      most = Math.max(most, thickness[i]);
    }
    for (int i = 0; i < shade.length && most > 0; i++) {
      thickness[i] /= most;
    }
    return thickness;
  }

  private byte[] blurredFar(float[] far) {
    byte[] blurred = new byte[far.length];
    for (int i = 0; i < far.length; i++) {
      double sum = 0;
      for (int k = 0; k < 9; k++) {
        sum += far[neighbour(i, k)];
      }
      blurred[i] = (byte) (float) (sum * (1.0 / 9));
    }
    return blurred;
  }

  /** OpenCV's {@code equalizeHist}. */
  private static byte[] equalized(byte[] grey) {
    int[] counts = new int[256];
    for (byte value : grey) {
      counts[value & 255]++;
    }
    int least = 0;
    while (counts[least] == 0) {
      least++;
    }
    if (counts[least] == grey.length) {
      return grey;
    }
    float scale = 255f / (grey.length - counts[least]);
    byte[] table = new byte[256];
    int sum = 0;
    for (int i = least + 1; i < 256; i++) {
      sum += counts[i];
      table[i] = (byte) (int) Math.rint(sum * scale);
    }
    byte[] equalized = new byte[grey.length];
    for (int i = 0; i < grey.length; i++) {
      equalized[i] = table[grey[i] & 255];
    }
    return equalized;
  }

  private byte[] embossed(byte[] grey) {
    int[] kernel = {-2, -1, 0, -1, 1, 1, 0, 1, 2};
    byte[] embossed = new byte[grey.length];
    for (int i = 0; i < grey.length; i++) {
      int sum = 0;
      for (int k = 0; k < 9; k++) {
        sum += kernel[k] * (grey[neighbour(i, k)] & 255);
      }
      embossed[i] = (byte) Math.min(Math.max(sum, 0), 255);
    }
    return embossed;
  }

  private byte[] blurred(byte[] grey) {
    byte[] blurred = new byte[grey.length];
    for (int i = 0; i < grey.length; i++) {
      int sum = 0;
      for (int k = 0; k < 9; k++) {
        sum += grey[neighbour(i, k)] & 255;
      }
      blurred[i] = (byte) ((sum + 4) / 9); // rounded
    }
    return blurred;
  }

  /** Number 0 to 8 of the 3x3 pixels around one. */
  private int neighbour(int pixel, int number) {
    int y = Borders.reflected(pixel / side + number / 3 - 1, side);
    return y * side + Borders.reflected(pixel % side + number % 3 - 1, side);
  }
}

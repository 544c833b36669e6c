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
    double[] sums = new double[side];
    byte[] blurred = new byte[far.length];
    for (int y = 0; y < side; y++) {
      int above = Borders.reflected(y - 1, side) * side;
      int below = Borders.reflected(y + 1, side) * side;
      for (int x = 0; x < side; x++) {
        sums[x] = (double) far[above + x] + far[y * side + x] + far[below + x];
      }
      for (int x = 0; x < side; x++) {
        double left = sums[Borders.reflected(x - 1, side)];
        double sum = left + sums[x] + sums[Borders.reflected(x + 1, side)];
        blurred[y * side + x] = (byte) (float) (sum * (1.0 / 9));
      }
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

  /** By the kernel -2 -1 0, -1 1 1, 0 1 2. */
  private byte[] embossed(byte[] grey) {
    byte[] embossed = new byte[grey.length];
    for (int y = 0; y < side; y++) {
      int above = Borders.reflected(y - 1, side) * side;
      int below = Borders.reflected(y + 1, side) * side;
      for (int x = 0; x < side; x++) {
        int left = Borders.reflected(x - 1, side);
        int right = Borders.reflected(x + 1, side);
        int row = y * side;
        int lower = (grey[below + x] & 255) + 2 * (grey[below + right] & 255);
        int upper = (grey[above + x] & 255) + 2 * (grey[above + left] & 255);
        int middle = (grey[row + x] & 255) + (grey[row + right] & 255) - (grey[row + left] & 255);
        embossed[row + x] = (byte) Math.min(Math.max(lower - upper + middle, 0), 255);
      }
    }
    return embossed;
  }

  private byte[] blurred(byte[] grey) {
    int[] sums = new int[side];
    byte[] blurred = new byte[grey.length];
    for (int y = 0; y < side; y++) {
      int above = Borders.reflected(y - 1, side) * side;
      int below = Borders.reflected(y + 1, side) * side;
      for (int x = 0; x < side; x++) {
        int middle = grey[y * side + x] & 255;
        sums[x] = (grey[above + x] & 255) + middle + (grey[below + x] & 255);
      }
      for (int x = 0; x < side; x++) {
        int left = sums[Borders.reflected(x - 1, side)];
        int sum = left + sums[x] + sums[Borders.reflected(x + 1, side)];
        blurred[y * side + x] = (byte) ((sum + 4) / 9); // rounded
      }
    }
    return blurred;
  }
}

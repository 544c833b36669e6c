package dev.supcon.runner.imagenetc;

/** Plasma added, and everything darkened to the brightness that the image had. */
final class Fog implements Corruption {
  private final int side;
  private final double weight;
  private final double decay;

  Fog(int side, double weight, double decay) {
    this.side = side;
    this.weight = weight;
    this.decay = decay;
  }

  @Override
  public byte[] apply(byte[] image, Draws draws) {
    int length = Integer.highestOneBit(2 * side - 1); // the next power of two
    double[] plasma = Plasma.heights(length, decay, draws);
    double brightest = brightest(image);
    byte[] corrupted = new byte[image.length];
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        double fog = weight * plasma[y * length + x];
        for (int i = 3 * (y * side + x); i < 3 * (y * side + x + 1); i++) {
          double value = UnitValues.of(image[i]) + fog;
          corrupted[i] = UnitValues.toByte(value * brightest / (brightest + weight));
        }
      }
    }
    return corrupted;
  }

  private static double brightest(byte[] image) {
    int brightest = 0;
    for (byte value : image) {
      brightest = Math.max(brightest, value & 255);
    }
    return UnitValues.of((byte) brightest);
  }
}

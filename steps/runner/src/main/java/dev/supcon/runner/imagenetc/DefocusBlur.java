package dev.supcon.runner.imagenetc;

import java.util.Arrays;

/** Convolution with a softened disk. */
final class DefocusBlur implements Corruption {
  private final int side;
  private final DiskKernel disk;

  DefocusBlur(int side, DiskKernel disk) {
    this.side = side;
    this.disk = disk;
  }

  @Override
  public byte[] apply(byte[] image, Draws draws) {
    int reach = disk.side() / 2;
    int stride = 3 * (side + 2 * reach);
    double[] padded = padded(image, reach);
    byte[] corrupted = new byte[image.length];
    double[] row = new double[3 * side];
    for (int y = 0; y < side; y++) {
      Arrays.fill(row, 0);
      for (DiskKernel.Tap tap : disk.taps()) {
        addRow(tap.weight(), padded, (y + reach + tap.dy()) * stride + 3 * (reach + tap.dx()), row);
      }
      for (int i = 0; i < row.length; i++) {
        corrupted[y * row.length + i] = UnitValues.toByte(row[i]);
      }
    }
    return corrupted;
  }

  private double[] padded(byte[] image, int reach) {
    int length = side + 2 * reach;
    double[] padded = new double[3 * length * length];
    for (int i = 0; i < padded.length; i++) {
      int x = Borders.reflected(i / 3 % length - reach, side);
      int y = Borders.reflected(i / 3 / length - reach, side);
      padded[i] = UnitValues.of(image[3 * (y * side + x) + i % 3]);
    }
    return padded;
  }

  private static void addRow(double weight, double[] from, int first, double[] into) {
    for (int i = 0; i < into.length; i++) {
      into[i] += weight * from[first + i];
    }
  }
}

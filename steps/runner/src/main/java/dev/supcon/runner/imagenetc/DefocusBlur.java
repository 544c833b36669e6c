package dev.supcon.runner.imagenetc;

import java.util.Arrays;
import java.util.List;

/** Convolution with a softened disk. */
final class DefocusBlur implements Corruption {
  private final int side;
  private final int reach;

  /** Of each tap, from a row's first value in the padded image. */
  private final int[] offsets;

  private final double[] weights;

  DefocusBlur(int side, DiskKernel disk) {
    this.side = side;
    reach = disk.side() / 2;
    List<DiskKernel.Tap> taps = disk.taps();
    int stride = 3 * (side + 2 * reach);
    offsets =
        taps.stream().mapToInt(t -> (reach + t.dy()) * stride + 3 * (reach + t.dx())).toArray();
    weights = taps.stream().mapToDouble(DiskKernel.Tap::weight).toArray();
  }

  @Override
  public byte[] apply(byte[] image, Draws draws) {
    double[] padded = padded(image);
    byte[] corrupted = new byte[image.length];
    double[] row = new double[3 * side];
    for (int y = 0; y < side; y++) {
      Arrays.fill(row, 0);
      convolve(padded, 3 * y * (side + 2 * reach), row);
      for (int i = 0; i < row.length; i++) {
        corrupted[y * row.length + i] = UnitValues.toByte(row[i]);
      }
    }
    return corrupted;
  }

  private void convolve(double[] padded, int first, double[] row) {
    int tap = 0;
    for (; tap + 4 <= weights.length; tap += 4) {
      addFour(tap, padded, first, row);
    }
    for (; tap < weights.length; tap++) {
      Rows.add(weights[tap], padded, first + offsets[tap], row);
    }
  }

  /** One after the other: the sums are the same as one tap at a time. */
  private void addFour(int tap, double[] from, int first, double[] into) {
    int a = first + offsets[tap];
    int b = first + offsets[tap + 1];
    int c = first + offsets[tap + 2];
    int d = first + offsets[tap + 3];
    double weightA = weights[tap];
    double weightB = weights[tap + 1];
    double weightC = weights[tap + 2];
    double weightD = weights[tap + 3];
    for (int i = 0; i < into.length; i++) {
      double sum = into[i] + weightA * from[a + i] + weightB * from[b + i];
      into[i] = sum + weightC * from[c + i] + weightD * from[d + i];
    }
  }

  private double[] padded(byte[] image) {
    int length = side + 2 * reach;
    double[] padded = new double[3 * length * length];
    for (int i = 0; i < padded.length; i++) {
      int x = Borders.reflected(i / 3 % length - reach, side);
      int y = Borders.reflected(i / 3 / length - reach, side);
      padded[i] = UnitValues.of(image[3 * (y * side + x) + i % 3]);
    }
    return padded;
  }
}

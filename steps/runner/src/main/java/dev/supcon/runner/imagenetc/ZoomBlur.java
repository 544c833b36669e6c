package dev.supcon.runner.imagenetc;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The mean of the image and its enlargements, in {@code float} as published. */
final class ZoomBlur implements Corruption {
  private final int side;
  private final List<CenterZoom> zooms = new ArrayList<>();

  /** Factors from 1 as NumPy's {@code arange} counts them. */
  ZoomBlur(int side, double stop, double step) {
    this.side = side;
    int count = (int) Math.ceil((stop - 1) / step);
    for (int i = 0; i < count; i++) {
      zooms.add(new CenterZoom(side, 1 + i * ((1 + step) - 1)));
    }
  }

  @Override
  public byte[] apply(byte[] image, Draws draws) {
    double[] values = new double[image.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) UnitValues.of(image[i]);
    }
    byte[] corrupted = new byte[image.length];
    double[] row = new double[3 * side];
    double[] scratch = new double[6 * side];
    float[] sums = new float[3 * side];
    for (int y = 0; y < side; y++) {
      Arrays.fill(sums, 0);
      for (CenterZoom zoom : zooms) {
        zoom.row(y, values, 3, scratch, row);
        for (int i = 0; i < row.length; i++) {
          sums[i] += (float) row[i];
        }
      }
      for (int i = 0; i < row.length; i++) {
        int at = y * row.length + i;
        corrupted[at] = UnitValues.toByte(((float) values[at] + sums[i]) / (zooms.size() + 1));
      }
    }
    return corrupted;
  }
}

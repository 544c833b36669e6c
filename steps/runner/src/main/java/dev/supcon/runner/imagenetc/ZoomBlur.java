package dev.supcon.runner.imagenetc;

import java.util.ArrayList;
import java.util.List;

/** The mean of the image and its enlargements, in {@code float} as published. */
final class ZoomBlur implements Corruption {
  private final int side;
  private final List<CenterZoom> zooms = new ArrayList<>();

  /** Factors from 1 as NumPy's {@code arange} counts them. */
  ZoomBlur(int side, double stop, double step) {
    this.side = side;
    int count = (int) Math.ceil((stop - 1) / step);
    for (int i = 1; i < count; i++) { // number 0 is the image itself
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
    double[] between = new double[3 * side];
    float[] sums = new float[3 * side];
    for (int y = 0; y < side; y++) {
      int first = y * sums.length;
      for (int i = 0; i < sums.length; i++) {
        sums[i] = (float) values[first + i];
      }
      for (CenterZoom zoom : zooms) {
        zoom.between(y, values, between);
        zoom.addAcross(between, sums);
      }
      for (int i = 0; i < sums.length; i++) {
        float sum = (float) values[first + i] + sums[i];
        corrupted[first + i] = UnitValues.toByte(sum / (zooms.size() + 2));
      }
    }
    return corrupted;
  }
}

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
    byte[] corrupted = new byte[image.length];
    double[] plane = new double[side * side];
    for (int channel = 0; channel < 3; channel++) {
      for (int i = 0; i < plane.length; i++) {
        plane[i] = (float) UnitValues.of(image[3 * i + channel]);
      }
      blur(plane, corrupted, channel);
    }
    return corrupted;
  }

  private void blur(double[] plane, byte[] corrupted, int channel) {
    double[] row = new double[side];
    double[] between = new double[side];
    float[] sums = new float[side];
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        sums[x] = (float) plane[y * side + x];
      }
      for (CenterZoom zoom : zooms) {
        zoom.row(y, plane, between, row);
        for (int x = 0; x < side; x++) {
          sums[x] += (float) row[x];
        }
      }
      for (int x = 0; x < side; x++) {
        float sum = (float) plane[y * side + x] + sums[x];
        corrupted[3 * (y * side + x) + channel] = UnitValues.toByte(sum / (zooms.size() + 2));
      }
    }
  }
}

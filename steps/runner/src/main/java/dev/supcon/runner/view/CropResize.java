package dev.supcon.runner.view;

import dev.supcon.runner.data.Picture;
import java.util.Arrays;

/**
 * Pillow's bilinear resampling of a box to a square, to the bit: antialiased when shrinking, 22-bit
 * weights, rows first, rounded to bytes between the passes (Pillow {@code Resample.c}). What lies
 * outside of the box does not count, as in torchvision's {@code resized_crop}.
 *
 * <p>Keeps its scratch: one object per thread.
 */
final class CropResize {
  private static final int PRECISION = 32 - 8 - 2;
  private static final int HALF = 1 << (PRECISION - 1);

  private final int side;
  private final ResampleWeights columns;
  private final ResampleWeights rows;
  private final int[] sums;
  private int[] narrowed = {};

  CropResize(int side) {
    this.side = side;
    columns = new ResampleWeights(side);
    rows = new ResampleWeights(side);
    sums = new int[3 * side];
  }

  void draw(Picture source, Crop crop, boolean flip, byte[] target, int offset) {
    columns.set(crop.width());
    rows.set(crop.height());
    if (narrowed.length < crop.height() * side * 3) {
      narrowed = new int[crop.height() * side * 3];
    }
    for (int y = 0; y < crop.height(); y++) {
      int first = ((crop.y() + y) * source.width() + crop.x()) * 3;
      narrow(source.rgb(), first, flip, y * side * 3);
    }
    for (int y = 0; y < side; y++) {
      shorten(y, target, offset + y * side * 3);
    }
  }

  private void narrow(byte[] source, int first, boolean flip, int row) {
    for (int x = 0; x < side; x++) {
      int red = HALF;
      int green = HALF;
      int blue = HALF;
      int from = first + 3 * columns.first[x];
      for (int k = columns.start(x); k < columns.end(x); k++, from += 3) {
        int weight = columns.weights[k];
        red += weight * (source[from] & 255);
        green += weight * (source[from + 1] & 255);
        blue += weight * (source[from + 2] & 255);
      }
      int to = row + 3 * (flip ? side - 1 - x : x);
      narrowed[to] = red >> PRECISION;
      narrowed[to + 1] = green >> PRECISION;
      narrowed[to + 2] = blue >> PRECISION;
    }
  }

  private void shorten(int y, byte[] target, int to) {
    Arrays.fill(sums, HALF);
    int from = rows.first[y] * sums.length;
    for (int k = rows.start(y); k < rows.end(y); k++, from += sums.length) {
      addRow(rows.weights[k], from);
    }
    for (int i = 0; i < sums.length; i++) {
      target[to + i] = (byte) (sums[i] >> PRECISION);
    }
  }

  private void addRow(int weight, int from) {
    int[] into = sums;
    int[] of = narrowed;
    for (int i = 0; i < into.length; i++) {
      into[i] += weight * of[from + i];
    }
  }
}

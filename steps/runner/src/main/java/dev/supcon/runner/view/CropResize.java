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
  private int[][] narrowed = {};

  CropResize(int side) {
    this.side = side;
    columns = new ResampleWeights(side);
    rows = new ResampleWeights(side);
    sums = new int[3 * side];
  }

  void draw(Picture source, Crop crop, boolean flip, byte[] target, int offset) {
    columns.set(crop.width());
    rows.set(crop.height());
    if (narrowed.length < crop.height()) {
      narrowed = new int[crop.height()][3 * side];
    }
    for (int y = 0; y < crop.height(); y++) {
      int first = ((crop.y() + y) * source.width() + crop.x()) * 3;
      narrow(source.rgb(), first, flip, narrowed[y]);
    }
    for (int y = 0; y < side; y++) {
      shorten(y, target, offset + y * side * 3);
    }
  }

  private void narrow(byte[] source, int first, boolean flip, int[] row) {
    if (columns.taps() == 2) {
      narrowByTwo(source, first, flip, row);
    } else if (columns.taps() == 4) {
      narrowByFour(source, first, flip, row);
    } else {
      narrowByAny(source, first, flip, row);
    }
  }

  private void narrowByTwo(byte[] source, int first, boolean flip, int[] row) {
    int[] weights = columns.weights;
    int to = flip ? 3 * (side - 1) : 0;
    for (int x = 0; x < side; x++, to += flip ? -3 : 3) {
      int from = first + 3 * columns.first[x];
      int w0 = weights[2 * x];
      int w1 = weights[2 * x + 1];
      for (int channel = 0; channel < 3; channel++) {
        int sum = HALF + w0 * (source[from + channel] & 255);
        row[to + channel] = (sum + w1 * (source[from + 3 + channel] & 255)) >> PRECISION;
      }
    }
  }

  private void narrowByFour(byte[] source, int first, boolean flip, int[] row) {
    int[] weights = columns.weights;
    int to = flip ? 3 * (side - 1) : 0;
    for (int x = 0; x < side; x++, to += flip ? -3 : 3) {
      int from = first + 3 * columns.first[x];
      int w0 = weights[4 * x];
      int w1 = weights[4 * x + 1];
      int w2 = weights[4 * x + 2];
      int w3 = weights[4 * x + 3];
      for (int channel = 0; channel < 3; channel++) {
        int at = from + channel;
        int left = w0 * (source[at] & 255) + w1 * (source[at + 3] & 255);
        int right = w2 * (source[at + 6] & 255) + w3 * (source[at + 9] & 255);
        row[to + channel] = (HALF + left + right) >> PRECISION;
      }
    }
  }

  private void narrowByAny(byte[] source, int first, boolean flip, int[] row) {
    for (int x = 0; x < side; x++) {
      int red = HALF;
      int green = HALF;
      int blue = HALF;
      int from = first + 3 * columns.first[x];
      for (int k = columns.start(x); k < columns.start(x + 1); k++, from += 3) {
        int weight = columns.weights[k];
        red += weight * (source[from] & 255);
        green += weight * (source[from + 1] & 255);
        blue += weight * (source[from + 2] & 255);
      }
      int to = 3 * (flip ? side - 1 - x : x);
      row[to] = red >> PRECISION;
      row[to + 1] = green >> PRECISION;
      row[to + 2] = blue >> PRECISION;
    }
  }

  private void shorten(int y, byte[] target, int to) {
    Arrays.fill(sums, HALF);
    int end = rows.start(y + 1);
    int k = rows.start(y);
    int row = rows.first[y];
    for (; k + 1 < end; k += 2, row += 2) {
      addTwo(rows.weights[k], narrowed[row], rows.weights[k + 1], narrowed[row + 1], sums);
    }
    if (k < end) {
      addTwo(rows.weights[k], narrowed[row], 0, narrowed[row], sums);
    }
    for (int i = 0; i < sums.length; i++) {
      target[to + i] = (byte) (sums[i] >> PRECISION);
    }
  }

  /** One index for all arrays: the compiler knows that it may take several at once. */
  private static void addTwo(int first, int[] one, int second, int[] other, int[] into) {
    for (int i = 0; i < into.length; i++) {
      into[i] += first * one[i] + second * other[i];
    }
  }
}

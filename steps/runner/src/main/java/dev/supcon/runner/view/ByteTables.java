package dev.supcon.runner.view;

import java.util.Arrays;

/**
 * Operations that give each byte a new value, whatever its neighbours: {@code ImageOps.py} of
 * Pillow and {@code augment.py} of TensorFlow's models, which agree but for the arithmetic of
 * autocontrast.
 *
 * <p>Keeps its scratch: one object per thread.
 */
final class ByteTables {
  private final byte[][] tables = new byte[3][256];
  private final int[][] counts = new int[3][256];

  static void invert(byte[] rgb, int from, int to) {
    for (int i = from; i < to; i++) {
      rgb[i] = (byte) ~rgb[i];
    }
  }

  /** Keeps the highest bits of each byte. */
  static void posterize(int bits, byte[] rgb, int from, int to) {
    int mask = 0xFF << (8 - bits);
    for (int i = from; i < to; i++) {
      rgb[i] = (byte) (rgb[i] & mask);
    }
  }

  /** Inverts values from the threshold on. */
  void solarize(double threshold, byte[] rgb, int from, int to) {
    for (int value = 0; value < 256; value++) {
      tables[0][value] = (byte) (value < threshold ? value : 255 - value);
    }
    map(tables[0], rgb, from, to);
  }

  /** Adds to values below 128. */
  void solarizeAdd(int addition, byte[] rgb, int from, int to) {
    for (int value = 0; value < 256; value++) {
      tables[0][value] = (byte) (value < 128 ? Math.min(value + addition, 255) : value);
    }
    map(tables[0], rgb, from, to);
  }

  /** Stretches each channel to 0…255, in {@code double} as Pillow does. */
  void autoContrast(byte[] rgb, int from, int to) {
    count(rgb, from, to);
    for (int channel = 0; channel < 3; channel++) {
      int low = lowest(counts[channel]);
      int high = highest(counts[channel]);
      double scale = high > low ? 255.0 / (high - low) : 1;
      double shift = high > low ? -low * scale : 0;
      for (int value = low; value <= high; value++) {
        tables[channel][value] = clipped((int) (value * scale + shift));
      }
    }
    mapChannels(rgb, from, to);
  }

  /** The same in {@code float} as the authors' code does. */
  void autoContrastFloat(byte[] rgb, int from, int to) {
    count(rgb, from, to);
    for (int channel = 0; channel < 3; channel++) {
      int low = lowest(counts[channel]);
      int high = highest(counts[channel]);
      float scale = high > low ? 255f / (high - low) : 1;
      float shift = high > low ? -low * scale : 0;
      for (int value = low; value <= high; value++) {
        tables[channel][value] = clipped((int) (value * scale + shift));
      }
    }
    mapChannels(rgb, from, to);
  }

  /** Spreads each channel's values evenly. */
  void equalize(byte[] rgb, int from, int to) {
    count(rgb, from, to);
    for (int channel = 0; channel < 3; channel++) {
      equalizing(counts[channel], (to - from) / 3, tables[channel]);
    }
    mapChannels(rgb, from, to);
  }

  private static void equalizing(int[] counts, int pixels, byte[] table) {
    int step = (pixels - counts[highest(counts)]) / 255;
    int sum = step / 2;
    for (int value = 0; value < 256; value++) {
      table[value] = step == 0 ? (byte) value : clipped(sum / step);
      sum += counts[value];
    }
  }

  private void count(byte[] rgb, int from, int to) {
    int[] red = counts[0];
    int[] green = counts[1];
    int[] blue = counts[2];
    Arrays.fill(red, 0);
    Arrays.fill(green, 0);
    Arrays.fill(blue, 0);
    for (int i = from; i < to; i += 3) {
      red[rgb[i] & 255]++;
      green[rgb[i + 1] & 255]++;
      blue[rgb[i + 2] & 255]++;
    }
  }

  private static int lowest(int[] counts) {
    int value = 0;
    while (counts[value] == 0) {
      value++;
    }
    return value;
  }

  private static int highest(int[] counts) {
    int value = 255;
    while (counts[value] == 0) {
      value--;
    }
    return value;
  }

  private static byte clipped(int value) {
    return (byte) Math.clamp(value, 0, 255);
  }

  private static void map(byte[] table, byte[] rgb, int from, int to) {
    for (int i = from; i < to; i++) {
      rgb[i] = table[rgb[i] & 255];
    }
  }

  private void mapChannels(byte[] rgb, int from, int to) {
    byte[] red = tables[0];
    byte[] green = tables[1];
    byte[] blue = tables[2];
    for (int i = from; i < to; i += 3) {
      rgb[i] = red[rgb[i] & 255];
      rgb[i + 1] = green[rgb[i + 1] & 255];
      rgb[i + 2] = blue[rgb[i + 2] & 255];
    }
  }
}

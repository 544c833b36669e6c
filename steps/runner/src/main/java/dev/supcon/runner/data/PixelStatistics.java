package dev.supcon.runner.data;

import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** Mean and standard deviation of pixel values by channel, from exact sums. */
final class PixelStatistics {
  private static final int CHANNELS = 3;

  private final long[] sums = new long[CHANNELS];
  private final long[] squares = new long[CHANNELS];
  private long pixels;

  /** Adds an image: RGB, interleaved. */
  void add(byte[] image) {
    for (int i = 0; i < image.length; i++) {
      long value = image[i] & 0xFF;
      sums[i % CHANNELS] += value;
      squares[i % CHANNELS] += value * value;
    }
    pixels += image.length / CHANNELS;
  }

  /** By channel, of values from 0 to 1. */
  List<Double> mean() {
    return byChannel(channel -> average(sums[channel]) / 255);
  }

  /** By channel, of values from 0 to 1; the population's, as torchvision users compute it. */
  List<Double> std() {
    return byChannel(
        channel -> {
          double mean = average(sums[channel]);
          double variance = average(squares[channel]) - mean * mean;
          return StrictMath.sqrt(Math.max(0, variance)) / 255;
        });
  }

  private double average(long sum) {
    return pixels == 0 ? 0 : (double) sum / pixels;
  }

  private static List<Double> byChannel(IntToDoubleFunction value) {
    return IntStream.range(0, CHANNELS).mapToDouble(value).boxed().toList();
  }
}

package dev.supcon.runner.network;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** The oracles' numbers, which are counted, not stored: u(name, i) in [-0.5, 0.5). */
public enum MadeNumbers {
  /** {@code counter} in golden.py. */
  COUNTED,
  /** {@code mixed} in golden.py. */
  MIXED;

  static final int PROJECTIONS = 8;

  /** offset + scale · u(name, i). */
  public float[] values(String name, int size, double scale, double offset) {
    CRC32 sum = new CRC32();
    sum.update(name.getBytes(StandardCharsets.UTF_8));
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      int counter = (int) (i * 2654435761L + sum.getValue());
      long bits = Integer.toUnsignedLong(this == MIXED ? finalized(counter) : counter);
      values[i] = (float) (offset + scale * (bits / 4294967296.0 - 0.5));
    }
    return values;
  }

  /** Murmur3's finalizer. */
  private static int finalized(int bits) {
    int h = (bits ^ bits >>> 16) * 0x85EBCA6B;
    h = (h ^ h >>> 13) * 0xC2B2AE35;
    return h ^ h >>> 16;
  }

  /** Images as the oracles count them, [4, 3, S, S], given as [4, S, S, 3]. */
  public float[] images(String name, int side) {
    return images(name, 4, side);
  }

  /** Likewise, of any number. */
  float[] images(String name, int count, int side) {
    int plane = side * side;
    float[] counted = values(name, count * 3 * plane, 2, 0);
    float[] pixels = new float[counted.length];
    for (int i = 0; i < counted.length; i++) {
      int channel = i / plane % 3;
      pixels[(i / (3 * plane) * plane + i % plane) * 3 + channel] = counted[i];
    }
    return pixels;
  }

  /** Kaiming's variance for convolutions, as the oracles make them. */
  public float[] convolution(TensorSpec spec) {
    double fanIn = spec.shape().get(1) * spec.shape().get(2) * spec.shape().get(3);
    return values(spec.name(), spec.size(), 2 * Math.sqrt(6 / fanIn), 0);
  }

  /**
   * A parameter as encoders_golden.py and joint_golden.py make it.
   *
   * @param last ends the name of the normalisation that ends a residual branch
   */
  float[] parameter(TensorSpec spec, String last) {
    return switch (spec.role()) {
      case CONV_WEIGHT -> convolution(spec);
      case NORM_WEIGHT -> {
        boolean ends = spec.name().startsWith("layer") && spec.name().endsWith(last);
        yield values(spec.name(), spec.size(), 0.05, ends ? 0.1 : 1);
      }
      case LINEAR_WEIGHT ->
          values(spec.name(), spec.size(), 2 / Math.sqrt((double) spec.fanIn()), 0);
      case NORM_BIAS, LINEAR_BIAS -> values(spec.name(), spec.size(), 0.1, 0);
      case RUNNING_MEAN, RUNNING_VARIANCE ->
          throw new AssertionError(spec.name() + " is no parameter");
    };
  }

  /** Projection {@code j} of a tensor. */
  double projection(int j, String name, double[] tensor) {
    float[] direction = values("projection." + j + "." + name, tensor.length, 1, 0);
    double sum = 0;
    for (int i = 0; i < tensor.length; i++) {
      sum += tensor[i] * direction[i];
    }
    return sum;
  }

  static double norm(double[] tensor) {
    double squares = 0;
    for (double value : tensor) {
      squares += value * value;
    }
    return Math.sqrt(squares);
  }
}

package dev.supcon.runner.network;

import dev.supcon.contract.spec.EncoderSpec;
import dev.supcon.contract.spec.Precision;

/**
 * Bytes that an image's forward pass keeps for the way back: what convolutions and normalisations
 * took in. For that, a value's name is {@code channels x side}; what nothing keeps has a mark.
 */
final class Activations implements Operations {
  private static final long INDEX = 8; // bytes of a place that pooling chose
  private static final String UNKEPT = "~";

  private final long width;
  private long bytes;

  private Activations(long width) {
    this.width = width;
  }

  static long bytes(EncoderSpec spec, long side) {
    Activations counted = new Activations(spec.precision() == Precision.FP32 ? 4 : 2);
    var unused = ResNet.write(spec, counted, counted.kept(3, side));
    return counted.bytes;
  }

  private String kept(long channels, long side) {
    bytes += width * channels * side * side;
    return channels + "x" + side;
  }

  private static long[] parsed(String value) {
    String[] parts = value.replace(UNKEPT, "").split("x", 2);
    return new long[] {Long.parseLong(parts[0]), Long.parseLong(parts[1])};
  }

  @Override
  public String convolution(String name, String x, Shape shape) {
    return kept(shape.out(), Math.ceilDiv(parsed(x)[1], shape.stride()));
  }

  /** Its own output is kept by whoever takes it in. */
  @Override
  public String normalisation(String name, String x, long channels) {
    return channels + "x" + parsed(x)[1] + UNKEPT;
  }

  /** In place. */
  @Override
  public String relu(String x) {
    return x.endsWith(UNKEPT) ? kept(parsed(x)[0], parsed(x)[1]) : x;
  }

  /** In place, and the shortcut goes. */
  @Override
  public String sum(String x, String shortcut) {
    return x;
  }

  @Override
  public String maxPool(String x) {
    long side = Math.ceilDiv(parsed(x)[1], 2);
    bytes += INDEX * parsed(x)[0] * side * side;
    return kept(parsed(x)[0], side);
  }

  @Override
  public String averagePool(String x) {
    return parsed(x)[0] + "x1";
  }

  @Override
  public String linear(String name, String x, long in, long out) {
    return out + "x1";
  }

  @Override
  public String samePool(String x) {
    return maxPool(x);
  }

  @Override
  public String unitRows(String x) {
    return x;
  }
}

package dev.supcon.runner.network;

import dev.supcon.contract.spec.EncoderSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * How many values of an image each normalisation takes its mean over; for that, a value's name is
 * the side of its maps.
 */
final class NormPlaces implements Operations {
  private final List<Long> places = new ArrayList<>();

  private NormPlaces() {}

  /** In the order of the network's buffers. */
  static List<Long> of(EncoderSpec spec, long side) {
    NormPlaces counted = new NormPlaces();
    var unused = ResNet.write(spec, counted, Long.toString(side));
    return List.copyOf(counted.places);
  }

  private static String strided(String side, long stride) {
    return Long.toString(Math.ceilDiv(Long.parseLong(side), stride));
  }

  @Override
  public String convolution(String name, String side, Shape shape) {
    return strided(side, shape.stride());
  }

  @Override
  public String normalisation(String name, String side, long channels) {
    places.add(Long.parseLong(side) * Long.parseLong(side));
    return side;
  }

  @Override
  public String relu(String side) {
    return side;
  }

  @Override
  public String sum(String side, String shortcut) {
    return side;
  }

  @Override
  public String maxPool(String side) {
    return strided(side, 2);
  }

  @Override
  public String averagePool(String side) {
    return "1";
  }

  @Override
  public String linear(String name, String side, long in, long out) {
    return side;
  }

  @Override
  public String samePool(String side) {
    return maxPool(side);
  }

  @Override
  public String unitRows(String side) {
    return side;
  }
}

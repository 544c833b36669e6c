package dev.supcon.runner.pretrain;

import dev.supcon.runner.train.EpochEnd;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** What is asked of the network between two epochs; the nearest neighbours score it. */
final class Probes implements EpochEnd {
  private final NeighbourProbe neighbours;
  private final Optional<GeometryProbe> geometry;
  private final Map<String, Double> newest = new TreeMap<>();

  /**
   * @param geometry of embeddings, where there are any
   */
  Probes(NeighbourProbe neighbours, Optional<GeometryProbe> geometry) {
    this.neighbours = neighbours;
    this.geometry = geometry;
  }

  @Override
  public OptionalDouble after(int epochs, long step, boolean last) {
    geometry.ifPresent(probe -> newest.putAll(probe.measure(step)));
    OptionalDouble accuracy = neighbours.measure(epochs, step, last);
    accuracy.ifPresent(value -> newest.put(NeighbourProbe.METRIC, value));
    return accuracy;
  }

  /** What each said last, by name. */
  Map<String, Double> newest() {
    return Map.copyOf(newest);
  }
}

package dev.supcon.runner.pretrain;

import dev.supcon.contract.spec.LossType;
import dev.supcon.contract.spec.PretrainSpec;
import dev.supcon.runner.data.PackedData;
import dev.supcon.runner.data.PackedSplit;
import dev.supcon.runner.network.Network;
import dev.supcon.runner.train.Course;
import dev.supcon.runner.train.EpochEnd;
import dev.supcon.runner.workspace.Workspace;
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

  /** What a request asks for. */
  static Probes of(Recipe recipe, Network network, Course course, Workspace workspace) {
    PretrainSpec spec = recipe.request().pretrain();
    PackedData data = recipe.data();
    PackedSplit sample = data.holdout().size() > 1 ? data.holdout() : data.train();
    int dimension = recipe.request().projection().dimension();
    boolean supervised = spec.loss().type() != LossType.SIM_CLR;
    return new Probes(
        new NeighbourProbe(spec.knn(), data, network, workspace),
        Optional.of(new GeometryProbe(sample, course, supervised, dimension, network, workspace))
            .filter(probe -> spec.loss().type().projects()));
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

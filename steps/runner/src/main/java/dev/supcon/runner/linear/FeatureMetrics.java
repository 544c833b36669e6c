package dev.supcon.runner.linear;

import dev.supcon.contract.spec.KnnSpec;
import dev.supcon.runner.measure.Accuracy;
import dev.supcon.runner.measure.Predictions;
import dev.supcon.runner.probe.Features;
import dev.supcon.runner.probe.NearestNeighbours;
import dev.supcon.runner.probe.Retrieval;
import dev.supcon.runner.workspace.Workspace;
import java.util.Map;
import java.util.TreeMap;

/** What the features say without a classifier that was trained. */
final class FeatureMetrics {
  /** As the paper's peers report it: 200 neighbours (Wu et al. 2018). */
  private static final KnnSpec NEIGHBOURS = new KnnSpec(0, 200, 0.1);

  private FeatureMetrics() {}

  /** {@code knn.test.top1} and {@code retrieval.test.*}. */
  static Map<String, Double> of(Features train, Features test, int classes, Workspace workspace) {
    Runnable ask = () -> workspace.endIfStopRequested("neighbours were looked for");
    Predictions votes = NearestNeighbours.predict(train, test, classes, NEIGHBOURS, ask);
    Map<String, Double> metrics = new TreeMap<>();
    metrics.put("knn.test.top1", Accuracy.top(1, votes));
    Retrieval.metrics(test, ask)
        .forEach((name, value) -> metrics.put("retrieval.test." + name, value));
    return metrics;
  }
}

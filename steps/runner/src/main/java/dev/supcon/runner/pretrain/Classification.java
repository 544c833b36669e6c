package dev.supcon.runner.pretrain;

import dev.supcon.runner.data.PackedData;
import dev.supcon.runner.measure.Accuracy;
import dev.supcon.runner.measure.Calibration;
import dev.supcon.runner.measure.Predictions;
import dev.supcon.runner.probe.ClassifierReport;
import dev.supcon.runner.probe.FeatureExtractor;
import dev.supcon.runner.probe.LinearClassifier;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Pretraining's own classifier, with or without a bias: calibrated on the holdout, then shown the
 * test set once.
 */
final class Classification {
  private static final float[]
      NONE = {}; // a network with another head; LinearClassifier refuses it

  private Classification() {}

  /**
   * Writes the classifier and its report.
   *
   * @param extractor of the network
   * @return the headline metrics {@code classifier.test.*} and, with a holdout, {@code
   *     classifier.val.top1}
   */
  static Map<String, Double> write(FeatureExtractor extractor, PackedData data, Path folder) {
    Map<String, float[]> values = extractor.network().state();
    LinearClassifier classifier =
        new LinearClassifier(
            values.getOrDefault("fc.weight", NONE),
            values.getOrDefault("fc.bias", new float[data.index().classes()]),
            1);
    Map<String, Double> metrics = new HashMap<>();
    if (data.holdout().size() > 0) {
      Predictions holdout = classifier.predict(extractor.of(data.holdout()));
      classifier = classifier.withTemperature(Calibration.fitTemperature(holdout));
      metrics.put("classifier.val.top1", Accuracy.top(1, holdout));
    }
    classifier.write(folder.resolve(LinearClassifier.FILE));
    ClassifierReport report = ClassifierReport.of(classifier, extractor.of(data.test()));
    report.write(folder);
    metrics.putAll(report.metrics());
    return metrics;
  }
}

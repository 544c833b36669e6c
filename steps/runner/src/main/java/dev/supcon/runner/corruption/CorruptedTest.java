package dev.supcon.runner.corruption;

import dev.supcon.contract.spec.CorruptionType;
import dev.supcon.contract.step.ContractJson;
import dev.supcon.runner.imagenetc.Corruptions;
import dev.supcon.runner.measure.Accuracy;
import dev.supcon.runner.measure.Calibration;
import dev.supcon.runner.measure.Predictions;
import dev.supcon.runner.view.PlainBatches;

/** A classifier tried on test images corrupted on the fly. */
final class CorruptedTest {
  private final FrozenClassifier classifier;
  private final long seed;
  private final Runnable beforeBatch;
  private final Corruptions corruptions;

  /**
   * @param beforeBatch of images; may end the work by an exception
   */
  CorruptedTest(FrozenClassifier classifier, long seed, Runnable beforeBatch) {
    this.classifier = classifier;
    this.seed = seed;
    this.beforeBatch = beforeBatch;
    corruptions = new Corruptions(classifier.side());
  }

  ErrorTable.Cell evaluate(CorruptionType type, int severity) {
    Predictions predictions =
        classifier.predict(
            (index, image) ->
                corruptions.apply(type, severity, image, Corruptions.key(seed, index)),
            beforeBatch);
    double ece = Calibration.reliability(predictions, 1).expectedCalibrationError();
    return new ErrorTable.Cell(word(type), severity, error(predictions), ece);
  }

  double cleanError() {
    return error(classifier.predict(PlainBatches.Transform.NONE, beforeBatch));
  }

  /** Whose parameters are in use: {@code cifar} or {@code imagenet}. */
  String parameters() {
    return corruptions.parameters();
  }

  private static double error(Predictions predictions) {
    return 1 - Accuracy.top(1, predictions);
  }

  /** The word of specs. */
  static String word(CorruptionType type) {
    return ContractJson.MAPPER.valueToTree(type).asText();
  }
}

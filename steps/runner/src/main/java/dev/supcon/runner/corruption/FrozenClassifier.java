package dev.supcon.runner.corruption;

import dev.supcon.contract.spec.EncoderSpec;
import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import dev.supcon.runner.data.PackedData;
import dev.supcon.runner.measure.Predictions;
import dev.supcon.runner.network.Network;
import dev.supcon.runner.probe.FeatureExtractor;
import dev.supcon.runner.probe.LinearClassifier;
import dev.supcon.runner.train.FrozenEncoder;
import dev.supcon.runner.view.PlainBatches;
import dev.supcon.runner.workspace.Workspace;

/** Trained encoder and classifier, and the test images to try them on. */
final class FrozenClassifier implements AutoCloseable {
  private final FrozenEncoder encoder;
  private final LinearClassifier classifier;

  private FrozenClassifier(FrozenEncoder encoder, LinearClassifier classifier) {
    this.encoder = encoder;
    this.classifier = classifier;
  }

  /**
   * @throws StepFailure NO_INPUT when a file is missing, DATA when encoder, classifier and data do
   *     not belong together
   */
  static FrozenClassifier open(Workspace workspace, EncoderSpec spec) {
    LinearClassifier classifier =
        LinearClassifier.read(workspace.input("classifier").resolve(LinearClassifier.FILE));
    FrozenEncoder encoder = FrozenEncoder.open(workspace, spec).requireTrainedSide();
    try {
      requireFit(encoder.data(), encoder.network(), classifier);
    } catch (StepFailure e) {
      encoder.close();
      throw e;
    }
    return new FrozenClassifier(encoder, classifier);
  }

  private static void requireFit(PackedData data, Network encoder, LinearClassifier classifier) {
    if (data.test().size() == 0) {
      throw new StepFailure(ExitCode.DATA, "The data set has no test images to corrupt.");
    }
    if (classifier.classes() != data.index().classes()
        || classifier.width() != encoder.featureWidth()) {
      throw new StepFailure(
          ExitCode.DATA,
          "The classifier takes %d features for %d classes; encoder and data have %d and %d."
              .formatted(
                  classifier.width(),
                  classifier.classes(),
                  encoder.featureWidth(),
                  data.index().classes()));
    }
  }

  /**
   * What it makes of the test images after a change.
   *
   * @param beforeBatch may end the work by an exception
   */
  Predictions predict(PlainBatches.Transform transform, Runnable beforeBatch) {
    FeatureExtractor extractor = new FeatureExtractor(encoder.network(), beforeBatch);
    return classifier.predict(extractor.of(encoder.data().test(), transform));
  }

  int images() {
    return encoder.data().test().size();
  }

  int side() {
    return encoder.data().index().side();
  }

  int classes() {
    return classifier.classes();
  }

  @Override
  public void close() {
    encoder.close();
  }
}

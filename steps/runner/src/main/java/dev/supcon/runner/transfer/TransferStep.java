package dev.supcon.runner.transfer;

import dev.supcon.contract.step.StepKind;
import dev.supcon.contract.step.StepReport;
import dev.supcon.contract.step.StepRequest;
import dev.supcon.runner.data.PackedData;
import dev.supcon.runner.measure.Accuracy;
import dev.supcon.runner.measure.Predictions;
import dev.supcon.runner.probe.FeatureExtractor;
import dev.supcon.runner.probe.Features;
import dev.supcon.runner.probe.LinearClassifier;
import dev.supcon.runner.probe.LogisticRegression;
import dev.supcon.runner.train.FrozenEncoder;
import dev.supcon.runner.workspace.Workspace;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The frozen encoder on another data set: multinomial logistic regression on its features by
 * L-BFGS. The penalty is chosen on the holdout by the metric that the papers report for the data
 * set, then refitted on training set and holdout (SimCLR paper, appendix B.8).
 */
public final class TransferStep {
  private static final LogisticRegression.Effort EFFORT = new LogisticRegression.Effort(1e-5, 500);

  private TransferStep() {}

  /**
   * Reports {@code transfer.<data set>.top1} and {@code .meanPerClass}, and writes {@code
   * classifier.safetensors}. The images may have another size than those the encoder was trained
   * on: its features are means over all places.
   *
   * @throws dev.supcon.contract.step.StepFailure RESUME when stopped, NO_INPUT or DATA when encoder
   *     or data are not there or damaged
   */
  public static StepReport run(StepRequest.Transfer request, Workspace workspace) {
    try (FrozenEncoder encoder = FrozenEncoder.open(workspace, request.encoder())) {
      workspace.progress(0, "computing features");
      PackedData data = encoder.data();
      FeatureExtractor extractor =
          new FeatureExtractor(
              encoder.network(), () -> workspace.endIfStopRequested("features were computed"));
      Features train = extractor.of(data.train());
      Features holdout = extractor.of(data.holdout());
      int classes = data.index().classes();
      Score score = Score.of(request.transfer().data().format());
      Choice choice = new Choice(request.transfer().l2(), score, holdout);
      Fit chosen = choose(choice, train, classes, workspace);
      Features test = extractor.of(data.test());
      LinearClassifier classifier = refit(chosen, train.and(holdout), classes, workspace);
      classifier.write(workspace.output().resolve(LinearClassifier.FILE));
      Predictions predictions = classifier.predict(test);
      String name = "transfer." + request.transfer().data().name();
      Map<String, Double> metrics =
          Map.of(
              name + ".top1", Accuracy.top(1, predictions),
              name + ".meanPerClass", Accuracy.meanPerClass(predictions));
      return new StepReport(
          StepKind.TRANSFER, metrics, facts(chosen, score, encoder, test.size()), 0);
    }
  }

  private static Map<String, String> facts(
      Fit chosen, Score score, FrozenEncoder encoder, int images) {
    Map<String, String> facts = new TreeMap<>();
    facts.put("l2", String.valueOf(chosen.l2()));
    facts.put("metric", score.words());
    facts.put("holdout", String.valueOf(chosen.score()));
    facts.put("test images", String.valueOf(images));
    int side = encoder.data().index().side();
    if (side != encoder.trainedSide()) {
      facts.put(
          "warning",
          "the encoder was trained on images of %d pixels, here they have %d"
              .formatted(encoder.trainedSide(), side));
    }
    return facts;
  }

  /** From the strongest penalty to the weakest, each fit starting from the one before. */
  private static Fit choose(Choice choice, Features train, int classes, Workspace workspace) {
    List<Double> falling = choice.l2().stream().sorted((a, b) -> Double.compare(b, a)).toList();
    try (LogisticRegression regression = regression(train, classes, workspace)) {
      double[] start = regression.origin();
      Fit best = new Fit(falling.getFirst(), -1, start);
      for (int i = 0; i < falling.size(); i++) {
        workspace.progress(0.1 + 0.8 * i / falling.size(), "penalty " + (i + 1));
        var solution = regression.fit(falling.get(i), start, EFFORT);
        start = solution.parameters();
        double score = choice.score().of(solution.classifier().predict(choice.holdout()));
        best = score > best.score() ? new Fit(falling.get(i), score, start) : best;
      }
      return best;
    }
  }

  private static LinearClassifier refit(
      Fit chosen, Features all, int classes, Workspace workspace) {
    try (LogisticRegression regression = regression(all, classes, workspace)) {
      return regression.fit(chosen.l2(), chosen.parameters(), EFFORT).classifier();
    }
  }

  private static LogisticRegression regression(Features rows, int classes, Workspace workspace) {
    return new LogisticRegression(
        rows, classes, () -> workspace.endIfStopRequested("classifiers were fitted"));
  }

  /** What is chosen from, and by what. */
  private record Choice(List<Double> l2, Score score, Features holdout) {}

  /** A penalty and what it gave on the holdout. */
  @SuppressWarnings("ArrayRecordComponent") // a start for the next fit, never compared
  private record Fit(double l2, double score, double[] parameters) {}
}

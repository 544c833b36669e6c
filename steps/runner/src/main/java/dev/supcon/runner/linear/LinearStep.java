package dev.supcon.runner.linear;

import dev.supcon.contract.step.StepKind;
import dev.supcon.contract.step.StepReport;
import dev.supcon.contract.step.StepRequest;
import dev.supcon.runner.probe.ClassifierReport;
import dev.supcon.runner.probe.FeatureExtractor;
import dev.supcon.runner.probe.Features;
import dev.supcon.runner.probe.LinearClassifier;
import dev.supcon.runner.train.FrozenEncoder;
import dev.supcon.runner.workspace.Workspace;
import java.util.Map;
import java.util.TreeMap;

/**
 * A linear classifier on features of the frozen encoder, computed once. Learning rate and
 * temperature are chosen on the holdout; the test set is looked at once, by what was chosen.
 */
public final class LinearStep {
  private LinearStep() {}

  /**
   * Writes {@code classifier.safetensors} and {@code linear.json}.
   *
   * @throws dev.supcon.contract.step.StepFailure RESUME when stopped, NO_INPUT or DATA when encoder
   *     or data are not there, damaged, or do not belong together
   */
  public static StepReport run(StepRequest.Linear request, Workspace workspace) {
    try (FrozenEncoder encoder =
        FrozenEncoder.open(workspace, request.encoder())
            .requireTrainedSide()
            .learningFrom(request.data())) {
      workspace.progress(0, "computing features");
      FeatureExtractor extractor =
          new FeatureExtractor(
              encoder.network(), () -> workspace.endIfStopRequested("features were computed"));
      Features train = extractor.of(encoder.data().train());
      Features holdout = extractor.of(encoder.data().holdout());
      int classes = encoder.data().index().classes();
      Choice choice = Choice.of(request, train, holdout, classes, workspace);
      workspace.progress(0.95, "evaluating");
      Features test = extractor.of(encoder.data().test());
      return report(choice, train, test, encoder.data().facts(), workspace);
    }
  }

  private static StepReport report(
      Choice choice,
      Features train,
      Features test,
      Map<String, String> dataFacts,
      Workspace workspace) {
    int classes = choice.classifier().classes();
    Map<String, Double> ofFeatures = FeatureMetrics.of(train, test, classes, workspace);
    ClassifierReport report = ClassifierReport.of(choice.classifier(), test);
    choice.classifier().write(workspace.output().resolve(LinearClassifier.FILE));
    report.write(workspace.output());
    Map<String, Double> metrics = new TreeMap<>(report.metrics());
    metrics.put("classifier.val.top1", choice.accuracy());
    metrics.putAll(ofFeatures);
    Map<String, String> facts = new TreeMap<>(dataFacts);
    facts.put("learning rate", String.valueOf(choice.learningRate()));
    facts.put("holdout top-1 by learning rate", choice.candidates());
    facts.put("temperature", String.valueOf(choice.classifier().temperature()));
    facts.put("ECE before calibration", String.valueOf(report.uncalibratedError()));
    if (choice.classifier().normalizeInput()) {
      facts.put("classifier's input", "features divided by their length");
    }
    return new StepReport(StepKind.LINEAR, metrics, facts, 0);
  }
}

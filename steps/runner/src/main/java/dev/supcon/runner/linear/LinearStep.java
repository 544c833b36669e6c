package dev.supcon.runner.linear;

import ai.djl.ndarray.NDManager;
import dev.supcon.contract.spec.KnnSpec;
import dev.supcon.contract.step.StepKind;
import dev.supcon.contract.step.StepReport;
import dev.supcon.contract.step.StepRequest;
import dev.supcon.runner.data.PackedData;
import dev.supcon.runner.measure.Accuracy;
import dev.supcon.runner.measure.Calibration;
import dev.supcon.runner.measure.Predictions;
import dev.supcon.runner.network.Network;
import dev.supcon.runner.probe.ClassifierReport;
import dev.supcon.runner.probe.FeatureExtractor;
import dev.supcon.runner.probe.Features;
import dev.supcon.runner.probe.LinearClassifier;
import dev.supcon.runner.probe.LinearHead;
import dev.supcon.runner.probe.NearestNeighbours;
import dev.supcon.runner.torchscript.TorchEngine;
import dev.supcon.runner.train.EncoderFile;
import dev.supcon.runner.workspace.Workspace;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A linear classifier on features of the frozen encoder, computed once. Learning rate and
 * temperature are chosen on the holdout; the test set is looked at once, by what was chosen.
 */
public final class LinearStep {
  /** As the paper's peers report it: 200 neighbours (Wu et al. 2018). */
  private static final KnnSpec NEIGHBOURS = new KnnSpec(0, 200, 0.1);

  private LinearStep() {}

  /** Writes {@code classifier.safetensors} and {@code linear.json}. */
  public static StepReport run(StepRequest.Linear request, Workspace workspace) {
    try (PackedData data = PackedData.open(workspace.input("data"));
        NDManager manager = TorchEngine.newManager();
        Network encoder =
            EncoderFile.read(
                workspace.input("encoder").resolve(EncoderFile.NAME), request.encoder(), manager)) {
      workspace.progress(0, "computing features");
      Features train = FeatureExtractor.of(encoder, data.train());
      Features holdout = FeatureExtractor.of(encoder, data.holdout());
      Choice choice = choose(request, train, holdout, data.index().classes(), workspace);
      workspace.progress(0.95, "evaluating");
      Features test = FeatureExtractor.of(encoder, data.test());
      return report(choice, train, test, workspace);
    }
  }

  private static Choice choose(
      StepRequest.Linear request,
      Features train,
      Features holdout,
      int classes,
      Workspace workspace) {
    int epochs = request.linear().epochs();
    List<LinearClassifier> candidates;
    try (LinearHead head = new LinearHead(request.linear(), train, classes)) {
      candidates =
          head.train(
              request.header().seed(),
              done -> workspace.progress(0.1 + 0.8 * done / epochs, "epoch " + done));
    }
    Choice best = Choice.NONE;
    for (int i = 0; i < candidates.size(); i++) {
      double rate = request.linear().learningRates().get(i);
      Predictions predictions = candidates.get(i).predict(holdout);
      double accuracy = Accuracy.top(1, predictions);
      workspace.metric("linear.holdout.top1 by learning rate", i, accuracy);
      if (accuracy > best.accuracy()) {
        double temperature = Calibration.fitTemperature(predictions);
        best = new Choice(candidates.get(i).withTemperature(temperature), rate, accuracy);
      }
    }
    return best;
  }

  private static StepReport report(
      Choice choice, Features train, Features test, Workspace workspace) {
    ClassifierReport report = ClassifierReport.of(choice.classifier(), test);
    choice.classifier().write(workspace.output().resolve(LinearClassifier.FILE));
    report.write(workspace.output());
    Map<String, Double> metrics = new TreeMap<>(report.metrics());
    metrics.put("classifier.val.top1", choice.accuracy());
    int classes = choice.classifier().classes();
    metrics.put(
        "knn.test.top1",
        Accuracy.top(1, NearestNeighbours.predict(train, test, classes, NEIGHBOURS)));
    Map<String, String> facts =
        Map.of(
            "learning rate", String.valueOf(choice.learningRate()),
            "temperature", String.valueOf(choice.classifier().temperature()),
            "ECE before calibration", String.valueOf(report.uncalibratedError()));
    return new StepReport(StepKind.LINEAR, metrics, facts, 0);
  }

  /** The candidate that is best on the holdout. */
  private record Choice(LinearClassifier classifier, double learningRate, double accuracy) {
    static final Choice NONE =
        new Choice(new LinearClassifier(new float[1], new float[1], 1), 0, -1);
  }
}

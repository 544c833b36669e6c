package dev.supcon.runner.transfer;

import ai.djl.ndarray.NDManager;
import dev.supcon.contract.step.StepKind;
import dev.supcon.contract.step.StepReport;
import dev.supcon.contract.step.StepRequest;
import dev.supcon.runner.data.PackedData;
import dev.supcon.runner.measure.Accuracy;
import dev.supcon.runner.network.Network;
import dev.supcon.runner.probe.FeatureExtractor;
import dev.supcon.runner.probe.Features;
import dev.supcon.runner.probe.LogisticRegression;
import dev.supcon.runner.torchscript.TorchEngine;
import dev.supcon.runner.train.EncoderFile;
import dev.supcon.runner.workspace.Workspace;
import java.util.List;
import java.util.Map;

/**
 * The frozen encoder on another data set: multinomial logistic regression on its features by
 * L-BFGS. The penalty is chosen on the holdout, then refitted on training set and holdout (SimCLR
 * paper, appendix B.8).
 */
public final class TransferStep {
  private static final LogisticRegression.Effort EFFORT = new LogisticRegression.Effort(1e-5, 500);

  private TransferStep() {}

  /** Reports {@code transfer.<data set>.top1}. */
  public static StepReport run(StepRequest.Transfer request, Workspace workspace) {
    try (PackedData data = PackedData.open(workspace.input("data"));
        NDManager manager = TorchEngine.newManager();
        Network encoder =
            EncoderFile.read(
                workspace.input("encoder").resolve(EncoderFile.NAME), request.encoder(), manager)) {
      workspace.progress(0, "computing features");
      Features train = FeatureExtractor.of(encoder, data.train());
      Features holdout = FeatureExtractor.of(encoder, data.holdout());
      Features test = FeatureExtractor.of(encoder, data.test());
      int classes = data.index().classes();
      Fit chosen = choose(request.transfer().l2(), train, holdout, classes, workspace);
      double accuracy = refit(chosen, train.and(holdout), test, classes);
      String name = "transfer." + request.transfer().data().name() + ".top1";
      return new StepReport(
          StepKind.TRANSFER,
          Map.of(name, accuracy),
          Map.of("l2", String.valueOf(chosen.l2()), "holdout top-1", "" + chosen.accuracy()),
          0);
    }
  }

  /** From the strongest penalty to the weakest, each fit starting from the one before. */
  private static Fit choose(
      List<Double> candidates, Features train, Features holdout, int classes, Workspace workspace) {
    List<Double> falling = candidates.stream().sorted((a, b) -> Double.compare(b, a)).toList();
    try (LogisticRegression regression = new LogisticRegression(train, classes)) {
      double[] start = regression.origin();
      Fit best = new Fit(falling.getFirst(), -1, start);
      for (int i = 0; i < falling.size(); i++) {
        workspace.progress(0.1 + 0.8 * i / falling.size(), "penalty " + (i + 1));
        var solution = regression.fit(falling.get(i), start, EFFORT);
        start = solution.parameters();
        double accuracy = Accuracy.top(1, solution.classifier().predict(holdout));
        best = accuracy > best.accuracy() ? new Fit(falling.get(i), accuracy, start) : best;
      }
      return best;
    }
  }

  private static double refit(Fit chosen, Features all, Features test, int classes) {
    try (LogisticRegression regression = new LogisticRegression(all, classes)) {
      var solution = regression.fit(chosen.l2(), chosen.parameters(), EFFORT);
      return Accuracy.top(1, solution.classifier().predict(test));
    }
  }

  /** A penalty and what it gave on the holdout. */
  @SuppressWarnings("ArrayRecordComponent") // a start for the next fit, never compared
  private record Fit(double l2, double accuracy, double[] parameters) {}
}

package dev.supcon.runner.linear;

import dev.supcon.contract.step.StepRequest;
import dev.supcon.runner.measure.Accuracy;
import dev.supcon.runner.measure.Calibration;
import dev.supcon.runner.measure.Predictions;
import dev.supcon.runner.probe.Features;
import dev.supcon.runner.probe.LinearClassifier;
import dev.supcon.runner.probe.LinearHead;
import dev.supcon.runner.workspace.Workspace;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

/**
 * The classifier that is best on the holdout, calibrated there.
 *
 * @param accuracy top-1 on the holdout
 * @param candidates the accuracy of each learning rate, in words
 */
record Choice(
    LinearClassifier classifier, double learningRate, double accuracy, String candidates) {

  /** Trains a classifier for each learning rate and chooses among them; of equals, the first. */
  static Choice of(
      StepRequest.Linear request,
      Features train,
      Features holdout,
      int classes,
      Workspace workspace) {
    List<LinearClassifier> candidates = train(request, train, classes, workspace);
    StringJoiner words = new StringJoiner("; ");
    int best = 0;
    double highest = -1;
    for (int i = 0; i < candidates.size(); i++) {
      double accuracy = Accuracy.top(1, candidates.get(i).predict(holdout));
      workspace.metric("linear.holdout.top1 by learning rate", i, accuracy);
      words.add(
          String.format(
              Locale.ROOT, "%s: %.4f", request.linear().learningRates().get(i), accuracy));
      if (accuracy > highest) {
        best = i;
        highest = accuracy;
      }
    }
    Predictions predictions = candidates.get(best).predict(holdout);
    return new Choice(
        candidates.get(best).withTemperature(Calibration.fitTemperature(predictions)),
        request.linear().learningRates().get(best),
        highest,
        words.toString());
  }

  private static List<LinearClassifier> train(
      StepRequest.Linear request, Features train, int classes, Workspace workspace) {
    int epochs = request.linear().epochs();
    try (LinearHead head = new LinearHead(request.linear(), train, classes)) {
      return head.train(
          request.header().seed(),
          done -> {
            workspace.endIfStopRequested("classifiers were trained, " + done + " epochs done");
            workspace.progress(0.1 + 0.8 * done / epochs, "epoch " + done);
          });
    }
  }
}

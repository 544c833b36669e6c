package dev.supcon.runner.pretrain;

import dev.supcon.contract.spec.KnnSpec;
import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import dev.supcon.runner.data.PackedData;
import dev.supcon.runner.measure.Accuracy;
import dev.supcon.runner.network.Network;
import dev.supcon.runner.probe.FeatureExtractor;
import dev.supcon.runner.probe.Features;
import dev.supcon.runner.probe.NearestNeighbours;
import dev.supcon.runner.workspace.Workspace;
import java.util.OptionalDouble;

/** Says while training what the features are worth: holdout images ask the training images. */
final class NeighbourProbe {
  static final String METRIC = "knn.holdout.top1";

  private final KnnSpec spec;
  private final PackedData data;
  private final Network network;
  private final Workspace workspace;

  NeighbourProbe(KnnSpec spec, PackedData data, Network network, Workspace workspace) {
    this.spec = spec;
    this.data = data;
    this.network = network;
    this.workspace = workspace;
  }

  /** The accuracy after an epoch, where it is asked for and there is a holdout. */
  OptionalDouble measure(int epochs, long step, boolean last) {
    boolean due = spec.everyEpochs() > 0 && epochs % spec.everyEpochs() == 0;
    if (data.holdout().size() > 0 && (due || last)) {
      try {
        double accuracy = accuracy();
        workspace.metric(METRIC, step, accuracy);
        return OptionalDouble.of(accuracy);
      } catch (StepFailure e) {
        if (e.exitCode() != ExitCode.RESUME) {
          throw e;
        } // else the loop hears of it next, and it has the state to keep.
      }
    }
    return OptionalDouble.empty();
  }

  private double accuracy() {
    // A pass over the training set takes longer than a stopping process has.
    Runnable ask = () -> workspace.endIfStopRequested("neighbours were looked for");
    FeatureExtractor extractor = new FeatureExtractor(network, ask);
    Features bank = extractor.of(data.train());
    Features queries = extractor.of(data.holdout());
    int classes = data.index().classes();
    return Accuracy.top(1, NearestNeighbours.predict(bank, queries, classes, spec, ask));
  }
}

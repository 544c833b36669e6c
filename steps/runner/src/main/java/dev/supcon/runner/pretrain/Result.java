package dev.supcon.runner.pretrain;

import dev.supcon.contract.step.StepKind;
import dev.supcon.contract.step.StepReport;
import dev.supcon.runner.data.PackedData;
import dev.supcon.runner.network.Network;
import dev.supcon.runner.probe.FeatureExtractor;
import dev.supcon.runner.train.EncoderFile;
import dev.supcon.runner.train.ResidentSet;
import dev.supcon.runner.train.TrainingLoop;
import dev.supcon.runner.view.ContactSheet;
import dev.supcon.runner.workspace.Workspace;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What a trained network leaves behind. */
record Result(Recipe recipe, Network network, Workspace workspace) {

  /**
   * Writes the files.
   *
   * @param measured what was asked of the network at the end, by name
   * @throws dev.supcon.contract.step.StepFailure RESUME when stopped; training's last checkpoint is
   *     committed
   */
  StepReport write(Map<String, Double> measured, TrainingLoop.Outcome outcome) {
    PackedData data = recipe.data();
    Path folder = workspace.output();
    Path encoder = folder.resolve(EncoderFile.NAME);
    EncoderFile.write(encoder, network, data.index(), outcome.updates());
    EncoderFile.writeHead(folder.resolve("head.safetensors"), network);
    ContactSheet.ofViews(data.train(), recipe.views(), 8, 8).write(folder.resolve("views.png"));
    Map<String, Double> metrics = new TreeMap<>(measured);
    metrics.putAll(outcome.counts());
    if (recipe.classifies()) {
      FeatureExtractor extractor =
          new FeatureExtractor(
              network, () -> workspace.endIfStopRequested("the classifier was evaluated"));
      metrics.putAll(Classification.write(extractor, data, folder));
    }
    return new StepReport(
        StepKind.PRETRAIN, metrics, facts(encoder, outcome), outcome.end().seconds());
  }

  private Map<String, String> facts(Path encoder, TrainingLoop.Outcome outcome) {
    Map<String, String> facts = new TreeMap<>(recipe.data().facts());
    facts.put("encoder.sha256", Fingerprint.of(encoder));
    facts.put("numeric profiles", String.join("; ", outcome.profiles()));
    facts.put("bitExact", String.valueOf(outcome.profiles().size() == 1));
    facts.put("batch normalisation", recipe.normalisation());
    if (ResidentSet.isCounted()) {
      facts.put("peak memory", String.format(Locale.ROOT, "%.0f MB", ResidentSet.peakMegabytes()));
    }
    facts.put("views per second", String.format(Locale.ROOT, "%.0f", outcome.viewsPerSecond()));
    outcome
        .best()
        .ifPresent(
            best ->
                facts.put(
                    "best checkpoint",
                    String.format(
                        Locale.ROOT,
                        "step %d, %s %.4f",
                        best.step(),
                        NeighbourProbe.METRIC,
                        best.score())));
    outcome.warning().ifPresent(warning -> facts.put("warning", warning));
    recipe.beginning().fact().ifPresent(fact -> facts.put("initial weights", fact));
    return facts;
  }
}

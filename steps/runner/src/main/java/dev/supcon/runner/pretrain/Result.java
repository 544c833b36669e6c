package dev.supcon.runner.pretrain;

import dev.supcon.contract.step.StepKind;
import dev.supcon.contract.step.StepReport;
import dev.supcon.runner.data.PackedData;
import dev.supcon.runner.network.Network;
import dev.supcon.runner.train.EncoderFile;
import dev.supcon.runner.train.TrainingLoop;
import dev.supcon.runner.view.ContactSheet;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * What a trained network leaves behind.
 *
 * @param folder for its files
 */
record Result(Recipe recipe, Network network, Path folder) {

  /**
   * Writes the files.
   *
   * @param neighbours what the features were worth at the end; empty without a holdout
   */
  StepReport write(OptionalDouble neighbours, TrainingLoop.Outcome outcome) {
    PackedData data = recipe.data();
    Path encoder = folder.resolve(EncoderFile.NAME);
    EncoderFile.write(encoder, network, data.index(), outcome.end().step());
    EncoderFile.writeHead(folder.resolve("head.safetensors"), network);
    ContactSheet.ofViews(data.train(), recipe.views(), 8, 8).write(folder.resolve("views.png"));
    Map<String, Double> metrics = new TreeMap<>();
    neighbours.ifPresent(accuracy -> metrics.put(NeighbourProbe.METRIC, accuracy));
    if (recipe.classifies()) {
      metrics.putAll(Classification.write(network, data, folder));
    }
    return new StepReport(
        StepKind.PRETRAIN, metrics, facts(encoder, outcome), outcome.end().seconds());
  }

  private static Map<String, String> facts(Path encoder, TrainingLoop.Outcome outcome) {
    Map<String, String> facts = new TreeMap<>();
    facts.put("encoder.sha256", Fingerprint.of(encoder));
    facts.put("numeric profiles", String.join("; ", outcome.profiles()));
    facts.put("bitExact", String.valueOf(outcome.profiles().size() == 1));
    facts.put("views per second", String.format(Locale.ROOT, "%.0f", outcome.viewsPerSecond()));
    outcome.warning().ifPresent(warning -> facts.put("warning", warning));
    return facts;
  }
}

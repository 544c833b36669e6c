package dev.supcon.runner.local;

import dev.supcon.contract.plan.ResolvedExperiment;
import dev.supcon.contract.spec.DataSpec;
import dev.supcon.contract.spec.ExperimentSpec;
import dev.supcon.contract.spec.TransferSpec;
import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import dev.supcon.runner.data.SourceDigest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * An experiment with what its file cannot know: where its data sets lie here, and their digests.
 *
 * @param sources path of each data set that is not embedded, by its name
 */
public record Resolution(ResolvedExperiment experiment, Map<String, Path> sources) {

  /**
   * @param given paths from {@code --data NAME=PATH}; they win over {@code data.path}
   * @param cache where digests of unchanged sources are remembered
   */
  public static Resolution of(ExperimentFile file, Map<String, Path> given, Path cache) {
    List<DataSpec> dataSets = dataSets(file.experiment().spec());
    refuseUnknown(given, dataSets);
    Map<String, Path> sources = new HashMap<>();
    Map<String, String> digests = new HashMap<>();
    for (DataSpec data : dataSets) {
      if (data.format().embedded()) {
        digests.put(data.name(), SourceDigest.ofEmbedded(data.format()));
      } else {
        Path source = source(data, given);
        sources.put(data.name(), source);
        digests.put(data.name(), SourceDigest.of(source, cache));
      }
    }
    return new Resolution(
        new ResolvedExperiment(file.name(), file.experiment(), digests, SourceDigest.DECODER),
        sources);
  }

  private static List<DataSpec> dataSets(ExperimentSpec spec) {
    return Stream.concat(Stream.of(spec.data()), spec.transfer().stream().map(TransferSpec::data))
        .toList();
  }

  private static void refuseUnknown(Map<String, Path> given, List<DataSpec> dataSets) {
    List<String> names = dataSets.stream().map(DataSpec::name).distinct().toList();
    given.keySet().stream()
        .filter(name -> !names.contains(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw new StepFailure(
                  ExitCode.USAGE,
                  "--data "
                      + name
                      + "=...: the experiment has no such data set; it has "
                      + String.join(", ", names)
                      + ".");
            });
  }

  private static Path source(DataSpec data, Map<String, Path> given) {
    String written = data.path();
    Path path = given.getOrDefault(data.name(), written == null ? null : Path.of(written));
    if (path == null) {
      throw new StepFailure(
          ExitCode.USAGE,
          "Nothing says where data set "
              + data.name()
              + " lies; add --data "
              + data.name()
              + "=PATH, a folder or a tar.");
    }
    if (!Files.exists(path)) {
      throw new StepFailure(
          ExitCode.NO_INPUT,
          "Data set " + data.name() + ": " + path.toAbsolutePath() + " does not exist.");
    }
    return path;
  }
}

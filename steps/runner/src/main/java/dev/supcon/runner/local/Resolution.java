package dev.supcon.runner.local;

import dev.supcon.contract.plan.ResolvedExperiment;
import dev.supcon.contract.spec.DataSpec;
import dev.supcon.contract.spec.ExperimentSpec;
import dev.supcon.contract.spec.InitialWeightsSpec;
import dev.supcon.contract.spec.TransferSpec;
import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import dev.supcon.runner.data.LocalPlace;
import dev.supcon.runner.data.S3Place;
import dev.supcon.runner.data.SourceDigest;
import dev.supcon.runner.data.SourcePlace;
import dev.supcon.runner.download.OfficialArchive;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An experiment with what its file cannot know: where its data sets and initial weights lie here,
 * and their digests.
 *
 * @param sources place of each data set that is not embedded, by its name, and of initial weights
 *     by {@link InitialWeightsSpec#NAME}
 */
public record Resolution(ResolvedExperiment experiment, Map<String, SourcePlace> sources) {

  /**
   * @param given paths from {@code --data NAME=PATH}; they win over what the file says
   * @param environment where S3's endpoint and credentials are looked up
   * @param cache where digests of unchanged sources are remembered
   */
  public static Resolution of(
      ExperimentFile file, Map<String, Path> given, Map<String, String> environment, Path cache) {
    List<DataSpec> dataSets = dataSets(file.experiment().spec());
    refuseUnknown(given, dataSets);
    Map<String, SourcePlace> sources = new HashMap<>();
    Map<String, String> digests = new HashMap<>();
    for (DataSpec data : dataSets) {
      if (data.format().embedded()) {
        digests.put(data.name(), SourceDigest.ofEmbedded(data.format()));
      } else {
        SourcePlace source = source(data, given, environment);
        String pinned = data.digest();
        sources.put(data.name(), source);
        digests.put(data.name(), pinned == null ? source.digest(cache) : pinned);
      }
    }
    weights(file, environment)
        .ifPresent(
            place -> {
              sources.put(InitialWeightsSpec.NAME, place);
              if (place instanceof LocalPlace local) {
                digests.put(InitialWeightsSpec.NAME, local.digest(cache));
              }
            });
    return new Resolution(
        new ResolvedExperiment(file.name(), file.experiment(), digests, SourceDigest.DECODER),
        sources);
  }

  /** In S3 they are known by the digest that the spec says. */
  private static Optional<SourcePlace> weights(
      ExperimentFile file, Map<String, String> environment) {
    InitialWeightsSpec weights = file.experiment().spec().encoder().initialWeights();
    if (weights == null) {
      return Optional.empty();
    }
    if (weights.s3() != null) {
      return Optional.of(new S3Place(weights.s3(), environment));
    }
    Path path = Path.of(Objects.requireNonNull(weights.path(), "the rules ask for a place"));
    if (!Files.isRegularFile(path)) {
      throw new StepFailure(
          ExitCode.NO_INPUT,
          "spec.encoder.initialWeights.path: %s is no file.".formatted(path.toAbsolutePath()));
    }
    return Optional.of(new LocalPlace(path));
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

  private static SourcePlace source(
      DataSpec data, Map<String, Path> given, Map<String, String> environment) {
    Path local = given.get(data.name());
    String written = data.path();
    String s3 = data.s3();
    if (local == null && written == null && s3 != null) {
      return new S3Place(s3, environment);
    }
    Path path = local == null && written != null ? Path.of(written) : local;
    if (path == null) {
      throw new StepFailure(
          ExitCode.USAGE,
          "Nothing says where data set %s lies; add --data %s=PATH, a folder or a tar, or write data.s3%s."
              .formatted(data.name(), data.name(), offer(data)));
    }
    if (!Files.exists(path)) {
      throw new StepFailure(
          ExitCode.NO_INPUT,
          "Data set " + data.name() + ": " + path.toAbsolutePath() + " does not exist.");
    }
    return new LocalPlace(path);
  }

  private static String offer(DataSpec data) {
    return OfficialArchive.of(data.format())
        .map(archive -> "; \"supcon data fetch %s\" brings it".formatted(archive.dataSet()))
        .orElse("");
  }
}

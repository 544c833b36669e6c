package dev.supcon.runner.export;

import dev.supcon.contract.step.ContractJson;
import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import dev.supcon.contract.step.StepKey;
import dev.supcon.contract.step.StepKind;
import dev.supcon.runner.checkpoint.SafeTensors;
import dev.supcon.runner.probe.LinearClassifier;
import dev.supcon.runner.train.EncoderFile;
import dev.supcon.services.store.Lookup;
import dev.supcon.services.store.ObjectStore;
import dev.supcon.services.store.StepResult;
import dev.supcon.services.store.StepStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the store holds of a finished run.
 *
 * @param scratch folder for files of a store whose objects are no files
 * @param steps of the run, in its order
 */
public record StoredRun(ObjectStore store, Path scratch, List<Step> steps) {
  private static final String PACKED = "index.json";

  public StoredRun {
    steps = List.copyOf(steps);
  }

  /** A step of the run. */
  public record Step(String name, StepKind kind, StepKey key) {}

  /**
   * The encoder with the classifier that the run is judged by: the linear stage's, else
   * cross-entropy's own, else none.
   *
   * @throws StepFailure NO_INPUT when the store has no encoder of this run
   */
  public TrainedModel model() {
    Optional<Path> classifier =
        file(StepKind.LINEAR, LinearClassifier.FILE)
            .or(() -> file(StepKind.PRETRAIN, LinearClassifier.FILE));
    return TrainedModel.of(
        SafeTensors.read(encoder().resolve(EncoderFile.NAME)),
        classifier.map(LinearClassifier::read));
  }

  /**
   * The folder of the encoder's file.
   *
   * @throws StepFailure NO_INPUT when the store has none of this run
   */
  Path encoder() {
    return folder(StepKind.PRETRAIN, EncoderFile.NAME).orElseThrow(() -> missing("encoder"));
  }

  /**
   * The folder of the images that the encoder was trained on.
   *
   * @throws StepFailure NO_INPUT when the store has them no more
   */
  Path data() {
    return folder(StepKind.AUGMENT, PACKED).orElseThrow(() -> missing("packed images"));
  }

  private Optional<Path> folder(StepKind kind, String file) {
    return file(kind, file).map(Path::toAbsolutePath).map(Path::getParent);
  }

  private StepFailure missing(String what) {
    return new StepFailure(
        ExitCode.NO_INPUT,
        "The store %s holds no %s of this run; run it again, or say --store."
            .formatted(store.location(), what));
  }

  /** Digest of each packed data set, by the step that packed it. */
  public Map<String, String> dataDigests() {
    Map<String, String> digests = new TreeMap<>();
    for (Step step : steps) {
      if (step.kind() == StepKind.AUGMENT) {
        file(step, PACKED).ifPresent(index -> digests.put(step.name(), digest(index)));
      }
    }
    return digests;
  }

  /** Code version of each kind of step, as this program has it. */
  public Map<String, Integer> codeVersions() {
    Map<String, Integer> versions = new TreeMap<>();
    steps.forEach(step -> versions.put(step.kind().word(), step.kind().codeVersion()));
    return versions;
  }

  /** Keys by the steps' names. */
  public Map<String, String> keys() {
    Map<String, String> keys = new TreeMap<>();
    steps.forEach(step -> keys.put(step.name(), step.key().hex()));
    return keys;
  }

  private static String digest(Path index) {
    try {
      return ContractJson.MAPPER.readTree(Files.readAllBytes(index)).path("digest").asText();
    } catch (IOException e) {
      throw new StepFailure(ExitCode.NO_INPUT, "Cannot read " + index + ".", e);
    }
  }

  private Optional<Path> file(StepKind kind, String name) {
    return steps.stream()
        .filter(step -> step.kind() == kind)
        .findFirst()
        .flatMap(step -> file(step, name));
  }

  private Optional<Path> file(Step step, String name) {
    if (!(new StepStore(store, step.key()).lookup() instanceof Lookup.Hit hit)) {
      return Optional.empty();
    }
    Path file =
        new StepResult(store, hit.manifest())
            .files(scratch.resolve(step.key().hex()))
            .resolve(name);
    return Optional.of(file).filter(Files::exists);
  }
}

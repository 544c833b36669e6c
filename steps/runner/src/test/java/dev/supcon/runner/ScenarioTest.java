package dev.supcon.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.supcon.contract.step.ExitCode;
import dev.supcon.runner.local.StopSignal;
import dev.supcon.runner.report.RunResult;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What runs again and what does not, after each kind of change; and that a plan says it first. */
final class ScenarioTest {
  private static final List<String> STEPS =
      List.of("augment", "pretrain", "linear", "corruption", "transfer-tiny-again");

  @TempDir private static Path original;
  private static CommandLineRun first = new CommandLineRun(0, "", "");

  @TempDir private Path folder;

  @BeforeAll
  static void runOnce() throws IOException {
    Path file = TinyExperiment.write(original, 10);
    first = CommandLineRun.of("run", file.toString(), "--runs", original + "/runs", "--json");
  }

  /** The copy's files have other inodes and times: what is copied is still a hit. */
  @BeforeEach
  void copy() throws IOException {
    try (Stream<Path> files = Files.walk(original)) {
      for (Path file : files.sorted().toList()) {
        Path target = folder.resolve(original.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
  }

  @Test
  void theFirstRunRunsEveryStep() {
    assertThat(first.err()).contains("transfer-tiny-again done");
    assertThat(first.exitCode()).isZero();
    assertThat(first.ran()).isEqualTo(running(STEPS));
    assertThat(first.result().metrics())
        .containsKeys(
            "classifier.test.top1",
            "classifier.val.top1",
            "knn.test.top1",
            "corruption.meanError",
            "transfer.tiny-again.top1");
  }

  @ParameterizedTest
  @CsvSource({
    "safetensors, ''", "torchscript, ''", "onnx, ''",
    "djl, model.pt", "mlflow, model.onnx", "triton, 1/model.onnx"
  })
  void theRunIsExported(String format, String model) {
    Path out = folder.resolve("exported");
    String run = folder.resolve("runs").resolve("tiny").toString();
    CommandLineRun exported =
        CommandLineRun.of("export", run, "--format", format, "--out", out.toString());

    assertThat(exported.err()).isEmpty();
    assertThat(exported.exitCode()).isZero();
    assertThat(out.resolve(model)).isRegularFile();
    assertThat(folder.toFile().list()).noneMatch(name -> name.startsWith(".export"));
  }

  @Test
  void runAgainEveryStepIsAHitWithinFiveSeconds() {
    long began = System.nanoTime();
    CommandLineRun again = planThenRun();

    assertThat((System.nanoTime() - began) / 1e9).isLessThan(5);
    assertThat(again.ran()).isEqualTo(running(List.of()));
    assertThat(again.result().metrics()).isEqualTo(first.result().metrics());
    assertThat(again.err()).isEmpty();
  }

  @Test
  void anotherLinearStageKeepsThePretraining() {
    CommandLineRun changed = planThenRun("--set", "spec.linear.epochs=3");

    assertThat(changed.ran()).isEqualTo(running(List.of("linear", "corruption")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "loss.temperature=0.2",
        "batches={composition: classesTimesSamples, samplesPerClass: 4}"
      })
  void anotherPretrainingKeepsOnlyThePackedData(String setting) {
    CommandLineRun changed = planThenRun("--set", "spec.pretrain." + setting);

    assertThat(changed.ran()).isEqualTo(running(STEPS.subList(1, STEPS.size())));
    assertThat(changed.result().steps().get(1).key())
        .isNotEqualTo(first.result().steps().get(1).key());
  }

  @ParameterizedTest
  @CsvSource({
    "data.subset.fraction=0.5, training images, 12 of 24",
    "data.labelNoise.fraction=0.25, changed labels, 6 of 24"
  })
  void whatIsLearntFromKeepsThePackedData(String setting, String fact, String words) {
    CommandLineRun changed = planThenRun("--set", "spec." + setting);

    assertThat(changed.ran()).isEqualTo(running(STEPS.subList(1, STEPS.size())));
    assertThat(changed.result().facts().get("pretrain")).containsEntry(fact, words);
    assertThat(changed.result().facts().get("linear")).containsEntry(fact, words);
  }

  @ParameterizedTest
  @ValueSource(strings = {"data.subset.fraction=1", "data.labelNoise.fraction=0"})
  void aSettingThatLeavesAllAsItIsChangesNothing(String setting) {
    assertThat(planThenRun("--set", "spec." + setting).ran()).isEqualTo(running(List.of()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{type: mixup, alpha: 0.2}", "{type: cutMix, probability: 0.5}"})
  void aClassifierLearnsFromMixedImagesAndIsEvaluatedOnWholeOnes(String mixing) {
    String loss = "spec.pretrain.loss={type: crossEntropy, mixing: " + mixing + "}";
    CommandLineRun changed = planThenRun("--set", "spec.projection=null", "--set", loss);

    assertThat(changed.exitCode()).as(changed.err()).isZero();
    assertThat(changed.result().metrics()).containsKey("classifier.test.top1");
  }

  @Test
  void howOftenOneSavesChangesNothing() {
    CommandLineRun changed = planThenRun("--set", "spec.pretrain.checkpointSeconds=7");

    assertThat(changed.ran()).isEqualTo(running(List.of()));
  }

  @Test
  void oneChangedImageRunsEverything() throws IOException {
    TinyExperiment.changeOneImage(folder);

    assertThat(planThenRun().ran()).isEqualTo(running(STEPS));
  }

  @ParameterizedTest
  @CsvSource({
    "augment,  train-00000.pixels,     deleted,   augment pretrain linear corruption transfer-tiny-again",
    "augment,  train-00000.pixels,     truncated, augment pretrain linear corruption transfer-tiny-again",
    "pretrain, encoder.safetensors,    deleted,   pretrain linear corruption transfer-tiny-again",
    "pretrain, encoder.safetensors,    truncated, pretrain linear corruption transfer-tiny-again",
    "pretrain, encoder.safetensors,    altered,   pretrain linear corruption transfer-tiny-again",
    "linear,   classifier.safetensors, deleted,   linear corruption",
    "linear,   classifier.safetensors, truncated, linear corruption",
  })
  void aDamagedBlobIsRepairedAndWhatWasMadeOfItIsMadeAgain(
      String step, String file, String how, String runs) throws IOException {
    damage(blob(step, file), how);
    CommandLineRun repaired = planThenRun();

    assertThat(repaired.ran()).isEqualTo(running(List.of(runs.split(" "))));
    assertThat(repaired.result().metrics()).isEqualTo(first.result().metrics());
    assertThat(planThenRun().ran()).as("the run after it").isEqualTo(running(List.of()));
  }

  @Test
  void thePlanSaysWhyAStepRuns() throws IOException {
    damage(blob("pretrain", "encoder.safetensors"), "deleted");

    assertThat(call("plan", "--json").planned().values())
        .extracting(PlanCommand.Line::why)
        .startsWith("", "BlobMissing encoder.safetensors is gone", "its input pretrain runs");
  }

  @Test
  void everyFileOfEveryResultCounts() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("runs/.store/steps"))) {
      List<Path> blobs = files.filter(file -> file.toString().contains("/result/")).toList();
      assertThat(blobs).hasSizeGreaterThan(10);
      for (Path blob : blobs) {
        Path aside = Files.move(blob, folder.resolve("aside"));
        assertThat(call("plan", "--json").wouldRun().values()).as("%s", blob).contains(true);
        Files.move(aside, blob);
      }
    }
    assertThat(call("plan", "--json").wouldRun()).isEqualTo(running(List.of()));
  }

  /** Half of a repair: the encoder is new, and whoever made it died before the linear stage. */
  @Test
  void aResultThatNamesAnOlderInputIsNoHit() throws IOException {
    damage(blob("pretrain", "encoder.safetensors"), "deleted");
    CommandLineRun other = call("run", "--json", "--set", "linear.epochs=5");
    assertThat(other.exitCode()).as(other.err()).isZero();

    CommandLineRun rest = planThenRun();

    assertThat(rest.ran()).isEqualTo(running(List.of("linear", "corruption")));
    assertThat(rest.result().metrics()).isEqualTo(first.result().metrics());
  }

  @Test
  void askedToStopItBeginsNoFurtherStep() {
    StopSignal stop = new StopSignal();
    stop.request();

    String[] words = {"run", folder + "/tiny.yaml", "--runs", folder + "/other"};
    CommandLineRun stopped = CommandLineRun.of(stop, words);
    assertThat(stopped.exitCode()).isEqualTo(ExitCode.RESUME.code());
    assertThat(stopped.err())
        .isEqualTo("supcon: stopped before step augment; start it again to go on\n");
  }

  /** Plans, then runs, and holds the plan to what the run did. */
  private CommandLineRun planThenRun(String... changes) {
    CommandLineRun plan = call("plan", with("--json", changes));
    CommandLineRun run = call("run", with("--json", changes));
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(plan.wouldRun()).as("what the plan said").isEqualTo(run.ran());
    assertThat(plan.planned().values().stream().map(PlanCommand.Line::key))
        .containsExactlyElementsOf(run.result().steps().stream().map(RunResult.Step::key).toList());
    return run;
  }

  private CommandLineRun call(String command, String... more) {
    List<String> arguments = new ArrayList<>(List.of(command, folder + "/tiny.yaml"));
    arguments.addAll(List.of("--runs", folder + "/runs", "--data", "tiny=" + folder + "/images"));
    arguments.addAll(List.of("--data", "tiny-again=" + folder + "/images"));
    arguments.addAll(List.of(more));
    return CommandLineRun.of(arguments.toArray(String[]::new));
  }

  private static String[] with(String first, String... rest) {
    return Stream.concat(Stream.of(first), Stream.of(rest)).toArray(String[]::new);
  }

  private static Map<String, Boolean> running(List<String> steps) {
    Map<String, Boolean> ran = new LinkedHashMap<>();
    STEPS.forEach(step -> ran.put(step, Set.copyOf(steps).contains(step)));
    return ran;
  }

  private Path blob(String step, String file) throws IOException {
    String key = first.result().steps().get(STEPS.indexOf(step)).key();
    try (Stream<Path> files = Files.walk(folder.resolve("runs/.store/steps/" + key))) {
      return files.filter(path -> path.endsWith("result/" + file)).findFirst().orElseThrow();
    }
  }

  private static void damage(Path blob, String how) throws IOException {
    switch (how) {
      case "deleted" -> Files.delete(blob);
      case "truncated" -> {
        try (FileChannel channel = FileChannel.open(blob, StandardOpenOption.WRITE)) {
          channel.truncate(channel.size() / 2);
        }
      }
      default -> {
        byte[] bytes = Files.readAllBytes(blob);
        bytes[bytes.length - 1] ^= 1;
        Files.write(blob, bytes);
      }
    }
  }
}

package dev.supcon.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.supcon.contract.step.ContractJson;
import dev.supcon.contract.step.StepKind;
import dev.supcon.runner.probe.LinearClassifier;
import dev.supcon.runner.report.RunResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a small experiment puts out is what its steps' code versions put out last time. Renewed with
 * {@code -Dsupcon.regenerate=true}, after {@link StepKind} was raised.
 *
 * <p>What a change does to it: <b>augment</b>, a single pixel, another order or another holdout
 * give a file another checksum. <b>pretrain</b>, other views, initial weights or another loss move
 * the first losses, other gradients, momenta or rates the later ones. <b>linear</b>, a rate that
 * falls to a tenth instead of a fifth makes the weights 2 to 4 % shorter. <b>corruption</b>, other
 * pixels move the calibration errors of their type and severity. <b>transfer</b>, twice the penalty
 * makes the weights a fifth to a third shorter. Each step also feels what changes in those before
 * it.
 */
class GoldenRunTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden/run.json");

  /**
   * Other processors add in another order, and training multiplies the difference: with {@link
   * TinyExperiment}'s own numbers it is a hundredth after four steps and a third after five. With
   * this run's nothing differs by more than 3e-3 between kernels for SSE, AVX2 and AVX-512.
   */
  private static final double TOLERANCE = 0.01;

  private static final Output NONE = new Output(0, new TreeMap<>());

  /**
   * A step's output.
   *
   * @param values numbers that any change of the step moves
   */
  record Output(int codeVersion, SortedMap<String, Double> values) {}

  @Test
  void aStepWhoseOutputsChangeRaisesItsCodeVersion(@TempDir Path folder) throws IOException {
    Map<StepKind, Output> now = run(folder);
    Map<StepKind, Output> before =
        ContractJson.MAPPER.readValue(GOLDEN.toFile(), new TypeReference<>() {});
    now.forEach((kind, output) -> compare(kind, output, before.getOrDefault(kind, NONE)));
    if (Boolean.getBoolean("supcon.regenerate")) {
      ContractJson.MAPPER.writerWithDefaultPrettyPrinter().writeValue(GOLDEN.toFile(), now);
    } else {
      now.forEach(
          (kind, output) ->
              assertThat(before.getOrDefault(kind, NONE).codeVersion())
                  .as(kind + " has a new code version: renew the golden run")
                  .isEqualTo(output.codeVersion()));
    }
  }

  private static void compare(StepKind kind, Output now, Output before) {
    if (before.codeVersion() != now.codeVersion()) {
      return; // said to be another
    }
    assertThat(now.values().keySet()).as(kind.toString()).isEqualTo(before.values().keySet());
    now.values()
        .forEach(
            (name, value) -> {
              double expected = before.values().getOrDefault(name, Double.NaN);
              assertThat(value)
                  .as(name + ": the outputs of " + kind + " changed; raise its code version")
                  .isCloseTo(expected, within(TOLERANCE * Math.max(0.1, Math.abs(expected))));
            });
  }

  private static Map<StepKind, Output> run(Path folder) throws IOException {
    Path file = TinyExperiment.write(folder, 10);
    Path runs = folder.resolve("runs");
    RunResult result;
    try (ChildRun run = // which has one thread, whatever the computer
        ChildRun.start(
            folder,
            "run",
            file.toString(),
            "--runs=" + runs,
            "--json",
            "--set=spec.encoder.precision=fp32",
            "--set=spec.projection.hidden=[64]", // in few dimensions some embedding is nearly 0
            "--set=spec.projection.dimension=32",
            "--set=spec.pretrain.optimizer.learningRate=0.002",
            "--set=spec.linear.epochs=20", // so that the rate falls three times
            "--set=spec.linear.learningRates=[0.002]", // slow, so that every epoch counts
            "--set=spec.corruption.types=[gaussianNoise, defocusBlur, contrast]",
            "--set=spec.transfer[0].l2=[0.1, 1000000000]")) {
      assertThat(run.exitCode()).as(run.said()).isZero();
      result = run.result();
    }
    Map<StepKind, Output> outputs = new EnumMap<>(StepKind.class);
    StoreFolder store = new StoreFolder(runs.resolve(".store"));
    put(outputs, StepKind.AUGMENT, packed(store.root()));
    put(outputs, StepKind.PRETRAIN, losses(runs.resolve("tiny/log")));
    put(outputs, StepKind.LINEAR, weights(store.result(result, "linear")));
    put(outputs, StepKind.CORRUPTION, only(result, "corruption."));
    put(outputs, StepKind.TRANSFER, weights(store.result(result, "transfer-tiny-again")));
    return outputs;
  }

  private static void put(
      Map<StepKind, Output> outputs, StepKind kind, SortedMap<String, Double> values) {
    assertThat(values).as(kind.toString()).isNotEmpty();
    outputs.put(kind, new Output(kind.codeVersion(), values));
  }

  /** Checksums of the packed files, in the names because names are compared exactly. */
  private static SortedMap<String, Double> packed(Path store) throws IOException {
    SortedMap<String, Double> sums = new TreeMap<>();
    try (Stream<Path> files = Files.walk(store)) {
      for (Path file : files.filter(found -> found.toString().endsWith(".pixels")).toList()) {
        CRC32 sum = new CRC32();
        sum.update(Files.readAllBytes(file));
        sums.put(file.getFileName() + " " + Long.toHexString(sum.getValue()), 0.0);
      }
    }
    return sums;
  }

  private static SortedMap<String, Double> losses(Path log) throws IOException {
    SortedMap<String, Double> losses = new TreeMap<>();
    try (Stream<Path> files = Files.walk(log)) {
      for (Path file : files.filter(found -> found.endsWith("metrics.jsonl")).toList()) {
        for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
          Point point = ContractJson.MAPPER.readValue(line, Point.class);
          if (point.name().equals("train.loss")) {
            losses.put("train.loss " + point.step(), point.value());
          }
        }
      }
    }
    return losses;
  }

  /** Lengths of the classes' weights, their biases, the temperature. */
  private static SortedMap<String, Double> weights(Path result) {
    LinearClassifier classifier = LinearClassifier.read(result.resolve(LinearClassifier.FILE));
    SortedMap<String, Double> values = new TreeMap<>();
    values.put("temperature", classifier.temperature());
    for (int label = 0; label < classifier.classes(); label++) {
      values.put("bias " + label, (double) classifier.bias()[label]);
      double squares = 0;
      for (int k = 0; k < classifier.width(); k++) {
        double weight = classifier.weights()[label * classifier.width() + k];
        squares += weight * weight;
      }
      values.put("weights " + label, Math.sqrt(squares));
    }
    return values;
  }

  private static SortedMap<String, Double> only(RunResult result, String prefix) {
    SortedMap<String, Double> values = new TreeMap<>(result.metrics());
    values.keySet().removeIf(name -> !name.startsWith(prefix));
    return values;
  }

  /** A line of a file's run log. */
  record Point(String name, long step, double value, long at) {}
}

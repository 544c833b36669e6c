package dev.supcon.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.supcon.contract.step.StepKey;
import dev.supcon.contract.step.StepReport;
import dev.supcon.runner.report.RunResult;
import dev.supcon.services.store.Blob;
import dev.supcon.services.store.Lookup;
import dev.supcon.services.store.ObjectStore;
import dev.supcon.services.store.StepResult;
import dev.supcon.services.store.StepStore;
import dev.supcon.services.store.Stores;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A whole experiment on a folder and on a real MinIO ({@code dev/servers up}, {@code eval
 * "$(dev/servers env)"}): where results are kept changes none of them.
 */
final class S3ExperimentIT {
  /** What the clock and the operating system say differs from run to run. */
  private static final Set<String> MEASURED = Set.of("views per second", "peak memory");

  private static final Set<String> MEASURED_CURVES =
      Set.of("train.viewsPerSecond", "train.peakMegabytes");

  @TempDir private Path folder;
  private final String bucket = "s3://supcon/experiment-" + UUID.randomUUID();

  @AfterEach
  void clean() {
    try (ObjectStore store = Stores.open(bucket)) {
      store.list("").forEach(store::delete);
    }
  }

  @Test
  void aFolderAndABucketHoldTheSameResultsByteForByte() throws IOException {
    Path file = TinyExperiment.write(folder, 10);
    String local = folder.resolve("store").toString();
    RunResult here = run(file, "here", local);
    RunResult there = run(file, "there", bucket);

    assertThat(keys(there)).isEqualTo(keys(here)).hasSize(5);
    assertThat(there.metrics()).isEqualTo(here.metrics()).isNotEmpty();
    try (ObjectStore one = Stores.open(local);
        ObjectStore other = Stores.open(bucket)) {
      for (String key : keys(here).values()) {
        compare(result(one, key), result(other, key));
      }
    }
    assertThat(run(file, "again", bucket).steps())
        .extracting(RunResult.Step::state)
        .containsOnly(RunResult.State.Cached);
  }

  private RunResult run(Path file, String runs, String store) throws IOException {
    String place = "--runs=" + folder.resolve(runs);
    try (ChildRun run =
        ChildRun.start(folder, "run", file.toString(), place, "--store=" + store, "--json")) {
      assertThat(run.exitCode()).as(run.said()).isZero();
      return run.result();
    }
  }

  private static Map<String, String> keys(RunResult result) {
    Map<String, String> keys = new TreeMap<>();
    result.steps().forEach(step -> keys.put(step.name(), step.key()));
    return keys;
  }

  /** A result of which every byte was compared with its hash. */
  private static StepResult result(ObjectStore store, String key) {
    Lookup found = new StepStore(store, new StepKey(key)).verify();
    assertThat(found).isInstanceOf(Lookup.Hit.class);
    return new StepResult(store, ((Lookup.Hit) found).manifest());
  }

  private static void compare(StepResult here, StepResult there) {
    assertThat(names(there)).isEqualTo(names(here)).isNotEmpty();
    for (String name : names(here)) {
      assertThat(there.bytes(name).orElseThrow())
          .as(name)
          .isEqualTo(here.bytes(name).orElseThrow());
    }
    assertThat(there.manifest().report().metrics()).isEqualTo(here.manifest().report().metrics());
    assertThat(facts(there)).isEqualTo(facts(here));
    assertThat(points(there)).isEqualTo(points(here));
  }

  private static List<String> names(StepResult result) {
    return result.manifest().blobs().stream().map(Blob::name).toList();
  }

  private static Map<String, String> facts(StepResult result) {
    StepReport report = result.manifest().report();
    Map<String, String> facts = new TreeMap<>(report.facts());
    facts.keySet().removeAll(MEASURED);
    return facts;
  }

  private static List<String> points(StepResult result) {
    return result.points().stream()
        .filter(point -> !MEASURED_CURVES.contains(point.name()))
        .map(point -> point.name() + " " + point.step() + " " + point.value())
        .toList();
  }
}

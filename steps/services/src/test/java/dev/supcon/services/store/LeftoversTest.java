package dev.supcon.services.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.supcon.contract.step.StepKey;
import dev.supcon.contract.step.StepKind;
import dev.supcon.contract.step.StepReport;
import dev.supcon.loopback.LoopbackS3;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Attempts that died leave nothing behind for good, and nothing that counts is ever removed. */
final class LeftoversTest {
  private static final StepKey KEY = new StepKey("a".repeat(64));
  private static final String ATTEMPTS = "steps/" + KEY + "/attempts/";
  private static final StepReport REPORT = new StepReport(StepKind.PRETRAIN, Map.of(), Map.of(), 1);

  @TempDir private Path folder;
  private final LoopbackS3 server = new LoopbackS3();

  @AfterEach
  void close() {
    server.close();
  }

  private ObjectStore open(String kind) {
    return kind.equals("s3")
        ? Stores.open("s3://bucket/prefix", server.environment())
        : Stores.open(folder.resolve("store").toString());
  }

  /** The curves of a killed attempt are part of the result; its half of a checkpoint is not. */
  @ParameterizedTest
  @ValueSource(strings = {"folder", "s3"})
  void aNewAttemptBeginsWithWhatCheckpointsName(String kind) throws IOException {
    try (ObjectStore store = open(kind)) {
      commit(store, "killed", 10);
      store.put(ATTEMPTS + "killed/checkpoints/20/state", bytes("half"));
      store.put(ATTEMPTS + "killed/result/encoder", bytes("half"));
      store.put(ATTEMPTS + "early/metrics/checkpoint-10-1.jsonl", bytes("{}"));
      new StepStore(store, KEY).removeLeftovers();

      assertThat(store.list(ATTEMPTS))
          .containsExactly(
              ATTEMPTS + "killed/checkpoints/10/state",
              ATTEMPTS + "killed/metrics/checkpoint-10-1.jsonl");
      assertThat(new Checkpoints(store, KEY, said -> {}).newest(folder.resolve("into")))
          .hasValueSatisfying(found -> assertThat(found.number()).isEqualTo(10));
    }
  }

  /** Killed between writing a COMMIT aside and giving it its name, or just after. */
  @Test
  void whatWasWrittenAsideByTheDeadGoesToo() throws IOException {
    try (ObjectStore store = open("folder")) {
      commit(store, "killed", 10);
      Path step = folder.resolve("store").resolve("steps").resolve(KEY.hex());
      Files.writeString(step.resolve(".tmp-123"), "{");
      Files.writeString(step.resolve("attempts/killed/checkpoints/10/.tmp-456"), "half");
      new StepStore(store, KEY).removeLeftovers();

      try (Stream<Path> files = Files.walk(step)) {
        assertThat(files.filter(Files::isRegularFile).map(step::relativize).map(Path::toString))
            .containsExactlyInAnyOrder(
                "COMMIT-10",
                "attempts/killed/checkpoints/10/state",
                "attempts/killed/metrics/checkpoint-10-1.jsonl");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"folder", "s3"})
  void aResultRemovesWhatOthersLeftAndNotWhatItIsMadeOf(String kind) throws IOException {
    try (ObjectStore store = open(kind)) {
      List<Blob> curves = commit(store, "killed", 10);
      store.put(ATTEMPTS + "killed/checkpoints/20/state", bytes("half"));
      store.put(ATTEMPTS + "stranger/result/file", bytes("half"));
      Lookup.Hit hit = publish(store, "winner", curves);
      sweepWhereNobodyElseIs(store, kind);

      assertThat(new StepStore(store, KEY).verify()).isEqualTo(hit);
      assertThat(store.list(ATTEMPTS))
          .containsExactly(
              ATTEMPTS + "killed/checkpoints/10/state",
              ATTEMPTS + "killed/metrics/checkpoint-10-1.jsonl",
              ATTEMPTS + "winner/result/file");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"folder", "s3"})
  void aReplacedResultGoesWithItsAttempt(String kind) throws IOException {
    try (ObjectStore store = open(kind)) {
      publish(store, "first", List.of());
      store.put(ATTEMPTS + "first/result/file", bytes("damaged"));
      publish(store, "second", List.of());
      sweepWhereNobodyElseIs(store, kind);

      assertThat(store.list(ATTEMPTS)).containsExactly(ATTEMPTS + "second/result/file");
    }
  }

  /** Its output lies in the store: it must be able to publish, and adopts then. */
  @Test
  void aResultInAFolderLeavesAnAttemptAloneThatMayStillRun() throws IOException {
    try (ObjectStore store = open("folder")) {
      store.put(ATTEMPTS + "slow/result/file", bytes("half"));
      publish(store, "fast", List.of());

      assertThat(store.list(ATTEMPTS + "slow/")).hasSize(1);
    }
  }

  /** In S3 a result does it itself. */
  private static void sweepWhereNobodyElseIs(ObjectStore store, String kind) {
    if (kind.equals("folder")) {
      new StepStore(store, KEY).removeLeftovers();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"manifest.json", "COMMIT-10"})
  void whatCannotBeReadMayNameAnything(String damaged) throws IOException {
    try (ObjectStore store = open("folder")) {
      List<Blob> curves = commit(store, "killed", 10);
      publish(store, "winner", curves);
      store.put(ATTEMPTS + "stranger/result/file", bytes("x"));
      List<String> before = store.list(ATTEMPTS);
      store.put("steps/" + KEY + "/" + damaged, bytes("{"));
      new StepStore(store, KEY).removeLeftovers();

      assertThat(store.list(ATTEMPTS)).isEqualTo(before);
    }
  }

  @Test
  void aStepWithoutAttemptsHasNone() {
    try (ObjectStore store = open("folder")) {
      new StepStore(store, KEY).removeLeftovers();
      assertThat(store.list("")).isEmpty();
    }
  }

  /** Returns the parts of the curves up to the checkpoint. */
  private List<Blob> commit(ObjectStore store, String attempt, long number) throws IOException {
    MetricParts curves = new MetricParts(store, KEY, attempt);
    curves.add(new MetricPoint("loss", number, 1, 0));
    List<Blob> parts = curves.write("checkpoint-" + number);
    Path files = Files.createTempDirectory(folder, "files");
    Files.writeString(files.resolve("state"), "state " + number);
    new Checkpoints(store, KEY, said -> {}).commit(attempt, number, files, parts);
    return parts;
  }

  private Lookup.Hit publish(ObjectStore store, String attempt, List<Blob> curves)
      throws IOException {
    Path files = Files.createTempDirectory(folder, "files");
    Files.writeString(files.resolve("file"), "result of " + attempt);
    return new StepStore(store, KEY).publish(attempt, files, new Outcome(REPORT, Map.of(), curves));
  }

  private static byte[] bytes(String text) {
    return ObjectStoreContract.bytes(text);
  }
}

package dev.supcon.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.supcon.contract.step.ExitCode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Pretraining that is killed, stopped, robbed of its newest checkpoint, or run twice at once ends
 * with the same encoder as one that was left alone. A campaign of 20 kills is {@code ./mvnw -B -pl
 * steps/runner -am verify -Dit.test=KillIT -Dsupcon.kills=20 -Dtest=NONE
 * -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false}.
 */
final class KillIT {
  private static final int KILLS = Integer.getInteger("supcon.kills", 4);
  private static final int CAMPAIGN = 20;
  private static final int TRIES = 4;
  private static final int CALIBRATING_EPOCHS = 4;
  private static final int VIEWS_PER_EPOCH = 2 * 96; // 3 x 40 images, less a holdout of a fifth
  private static final double TRAINING_SECONDS = 10;

  /** The interval of {@link TinyExperiment}, and what a step and a save may take on a busy day. */
  private static final long LOSS_MILLIS = 1_000 + 3_000;

  private static final List<Evidence> EVIDENCE = new ArrayList<>();

  @TempDir private static Path shared;
  private static Path file = Path.of("");
  private static int epochs = CALIBRATING_EPOCHS;
  private static String encoder = "";

  @TempDir private Path folder;

  @BeforeAll
  static void runUndisturbed() throws IOException {
    file = TinyExperiment.write(shared, 40);
    double viewsPerSecond = Double.parseDouble(undisturbed("views per second"));
    epochs = (int) Math.ceil(TRAINING_SECONDS * viewsPerSecond / VIEWS_PER_EPOCH);
    encoder = undisturbed("encoder.sha256");
  }

  private static String undisturbed(String fact) throws IOException {
    try (ChildRun run = start(shared)) {
      assertThat(run.exitCode()).as(run.said()).isZero();
      return store(shared).pretraining(run.result()).getOrDefault(fact, "");
    }
  }

  @AfterAll
  static void tell() {
    EVIDENCE.forEach(System.out::println);
    if (KILLS >= CAMPAIGN) {
      assertThat(EVIDENCE).hasSizeGreaterThanOrEqualTo(CAMPAIGN);
      assertThat(EVIDENCE.stream().filter(kill -> kill.newest() >= 0 && !kill.saving()))
          .as("kills after a COMMIT and in no save")
          .hasSizeGreaterThanOrEqualTo(12);
      assertThat(EVIDENCE.stream().filter(Evidence::saving))
          .as("kills in a save")
          .hasSizeGreaterThanOrEqualTo(5);
    }
  }

  /** As short as a plan can be after pretraining, and long enough for a few checkpoints. */
  private static ChildRun start(Path folder) throws IOException {
    return ChildRun.start(
        folder,
        "run",
        file.toString(),
        "--runs",
        runs(folder).toString(),
        "--json",
        "--set",
        "pretrain.epochs=" + epochs,
        "--set",
        "pretrain.knn.everyEpochs=0",
        "--set",
        "corruption=null",
        "--set",
        "transfer=[]");
  }

  private static Path runs(Path folder) {
    return folder.resolve("runs");
  }

  private static StoreFolder store(Path folder) {
    return new StoreFolder(runs(folder).resolve(".store"));
  }

  static List<KillMoment> moments() {
    return IntStream.range(0, KILLS).mapToObj(KillMoment::of).toList();
  }

  @ParameterizedTest
  @MethodSource("moments")
  void killedAnywhereItEndsWithTheSameEncoder(KillMoment moment) throws IOException {
    Evidence evidence = killed(moment);
    EVIDENCE.add(evidence);

    assertThat(evidence.lostMillis()).isLessThan(LOSS_MILLIS);
    endsLikeTheUndisturbed(evidence.newest());
  }

  /** A kill that came when pretraining was over is none of pretraining; it is tried again. */
  private Evidence killed(KillMoment moment) throws IOException {
    for (int tries = 0; tries < TRIES; tries++) {
      folder = Files.createTempDirectory(folder, "try-");
      try (ChildRun run = start(folder)) {
        moment.await(run, runs(folder));
        long at = System.currentTimeMillis();
        run.kill();
        Evidence evidence = Evidence.of(runs(folder), at);
        if (store(folder).files("manifest.json").size() < 2) { // packing's; not training's
          return evidence;
        }
        System.out.println("void, pretraining was over: " + evidence);
      }
    }
    throw new AssertionError("pretraining was over before " + moment + ", " + TRIES + " times");
  }

  @Test
  void askedToStopItSavesAndEndsWith75WithinTenSeconds() throws IOException {
    try (ChildRun stopped = start(folder)) {
      new KillMoment(1, 300, false).await(stopped, runs(folder));
      long before = store(folder).newest();
      long began = System.nanoTime();
      stopped.terminate();

      assertThat(stopped.exitCode()).isEqualTo(ExitCode.RESUME.code());
      assertThat((System.nanoTime() - began) / 1e9).isLessThan(10);
      assertThat(stopped.said()).contains("start it again to go on").contains("pretrain");
      assertThat(store(folder).newest()).isGreaterThan(before);
    }
    endsLikeTheUndisturbed(store(folder).newest());
  }

  @Test
  void aTruncatedCheckpointIsPassedOverForTheOneBefore() throws IOException {
    try (ChildRun killed = start(folder)) {
      new KillMoment(2, 100, false).await(killed, runs(folder));
      killed.kill();
    }
    List<Long> commits = store(folder).commits();
    assertThat(commits).hasSizeGreaterThanOrEqualTo(2);
    long damaged = commits.getLast();
    truncate(store(folder).shard(damaged, "state.safetensors"));

    String said = endsLikeTheUndisturbed(commits.get(commits.size() - 2));

    assertThat(said).contains("checkpoint " + damaged + " is damaged and passed over");
  }

  @Test
  void withoutOneWholeCheckpointItDoesNotBeginAnewInSilence() throws IOException {
    try (ChildRun killed = start(folder)) {
      new KillMoment(1, 0, false).await(killed, runs(folder));
      killed.kill();
    }
    for (long number : store(folder).commits()) {
      truncate(store(folder).shard(number, "state.safetensors"));
    }
    try (ChildRun refused = start(folder)) {
      assertThat(refused.exitCode()).isEqualTo(ExitCode.CORRUPT_CHECKPOINT.code());
      assertThat(refused.said()).contains("restore them, or remove");
    }
  }

  @Test
  void twoProcessesAtOnceMakeOneResult() throws IOException {
    try (ChildRun one = start(folder);
        ChildRun other = start(folder)) {
      assertThat(one.exitCode()).as(one.said()).isZero();
      assertThat(other.exitCode()).as(other.said()).isZero();
      assertThat(one.said() + other.said())
          .contains("another process runs this step; waiting for its result");
      assertThat(store(folder).pretraining(one.result())).containsEntry("encoder.sha256", encoder);
      assertThat(other.result().metrics()).isEqualTo(one.result().metrics());
      assertThat(store(folder).files("encoder.safetensors")).hasSize(1);
      assertThat(store(folder).files("manifest.json")).hasSize(one.result().steps().size());
    }
    assertThat(CommandLineRun.of("report", folder + "/runs/tiny", "--out", folder + "/r.html"))
        .extracting(CommandLineRun::exitCode)
        .isEqualTo(0);
  }

  private String endsLikeTheUndisturbed(long checkpoint) throws IOException {
    try (ChildRun resumed = start(folder)) {
      assertThat(resumed.exitCode()).as(resumed.said()).isZero();
      if (checkpoint >= 0) {
        assertThat(resumed.said()).contains("goes on from checkpoint " + checkpoint + "\n");
      }
      assertThat(store(folder).pretraining(resumed.result()))
          .containsEntry("encoder.sha256", encoder)
          .containsEntry("bitExact", "true");
      nothingIsLeftOfTheDead();
      return resumed.said();
    }
  }

  private void nothingIsLeftOfTheDead() throws IOException {
    assertThat(runs(folder).resolve(".scratch"))
        .isDirectoryNotContaining(file -> !file.endsWith("gate"));
    assertThat(ChildRun.temporary(folder)).isDirectoryNotContaining("glob:**checkpoint*");
    assertThat(store(folder).files(".tmp-")).isEmpty();
    assertThat(store(folder).files("encoder.safetensors")).hasSize(1);
    assertThat(store(folder).unnamed()).isEmpty();
  }

  private static void truncate(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(channel.size() / 2);
    }
  }

  /**
   * What a kill left.
   *
   * @param newest number of the newest checkpoint, -1 without one
   * @param saving whether a save was under way: its files are there, and no commit is newer
   * @param lostMillis from the newest commit to the kill; 0 without one
   */
  private record Evidence(long newest, boolean saving, long lostMillis) {
    static Evidence of(Path runs, long killedAt) throws IOException {
      StoreFolder store = new StoreFolder(runs.resolve(".store"));
      long newest = store.newest();
      long committed = newest < 0 ? 0 : Files.getLastModifiedTime(store.commit(newest)).toMillis();
      long begun = 0;
      for (Path save : KillMoment.saves(runs)) {
        begun = Math.max(begun, Files.getLastModifiedTime(save).toMillis());
      }
      return new Evidence(newest, begun > committed, newest < 0 ? 0 : killedAt - committed);
    }
  }
}

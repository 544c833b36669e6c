package dev.supcon.runner;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.supcon.contract.step.ExitCode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Pretraining that is killed, stopped, robbed of its newest checkpoint, or run twice at once ends
 * with the same encoder as one that was left alone. A campaign of 50 kills is {@code ./mvnw -B -pl
 * steps/runner -am verify -Dit.test=KillIT -Dsupcon.kills=50
 * -Dsupcon.kill.recipes=queue,lars,rms_prop,joint -Dtest=NONE
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

  private static final List<KillRecipe> RECIPES = KillRecipe.chosen();
  private static final Map<KillRecipe, String> ENCODERS = new EnumMap<>(KillRecipe.class);
  private static final List<Evidence> EVIDENCE = new ArrayList<>();

  @TempDir private static Path shared;
  private static Path file = Path.of("");
  private static int epochs = CALIBRATING_EPOCHS;

  @TempDir private Path folder;

  @BeforeAll
  static void runUndisturbed() throws IOException {
    file = TinyExperiment.write(shared, 40);
    double viewsPerSecond = Double.parseDouble(undisturbed(RECIPES.getFirst(), "views per second"));
    epochs = (int) Math.ceil(TRAINING_SECONDS * viewsPerSecond / VIEWS_PER_EPOCH);
    for (KillRecipe recipe : RECIPES) {
      ENCODERS.put(recipe, undisturbed(recipe, "encoder.sha256"));
    }
  }

  private static String undisturbed(KillRecipe recipe, String fact) throws IOException {
    try (ChildRun run = start(shared, recipe, 2)) {
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

  private static ChildRun start(Path folder) throws IOException {
    return start(folder, RECIPES.getFirst(), 2);
  }

  /**
   * As short as a plan can be after pretraining, and long enough for a few checkpoints.
   *
   * @param processors as the process sees it: so many threads make views
   */
  private static ChildRun start(Path folder, KillRecipe recipe, int processors) throws IOException {
    List<String> words = new ArrayList<>(List.of("run", file.toString(), "--json"));
    words.addAll(List.of("--runs", runs(folder).toString()));
    words.addAll(List.of("--set", "pretrain.epochs=" + epochs));
    words.addAll(List.of("--set", "pretrain.knn.everyEpochs=0"));
    words.addAll(List.of("--set", "corruption=null", "--set", "transfer=[]"));
    words.addAll(recipe.words());
    ProcessBuilder command =
        new ProcessBuilder(ChildRun.command(folder, words.toArray(String[]::new)));
    command.environment().put("JDK_JAVA_OPTIONS", "-XX:ActiveProcessorCount=" + processors);
    return ChildRun.start(command, folder);
  }

  private static Path runs(Path folder) {
    return folder.resolve("runs");
  }

  private static StoreFolder store(Path folder) {
    return new StoreFolder(runs(folder).resolve(".store"));
  }

  /** The recipes in turn, each taken up again with 1, 2 or 3 threads that make views. */
  static List<Arguments> kills() {
    return IntStream.range(0, KILLS)
        .mapToObj(
            kill ->
                arguments(RECIPES.get(kill % RECIPES.size()), KillMoment.of(kill), 1 + kill % 3))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("kills")
  void killedAnywhereItEndsWithTheSameEncoder(KillRecipe recipe, KillMoment moment, int processors)
      throws IOException {
    Evidence evidence = killed(recipe, moment);
    EVIDENCE.add(evidence);

    assertThat(evidence.lostMillis()).isLessThan(LOSS_MILLIS);
    try (ChildRun resumed = start(folder, recipe, processors)) {
      endsLikeTheUndisturbed(resumed, recipe, evidence.newest());
    }
  }

  /** A kill that came when pretraining was over is none of pretraining; it is tried again. */
  private Evidence killed(KillRecipe recipe, KillMoment moment) throws IOException {
    for (int tries = 0; tries < TRIES; tries++) {
      folder = Files.createTempDirectory(folder, "try-");
      try (ChildRun run = start(folder, recipe, 2)) {
        moment.await(run, runs(folder));
        long at = System.currentTimeMillis();
        run.kill();
        Evidence evidence = Evidence.of(recipe, runs(folder), at);
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
      assertThat(store(folder).pretraining(one.result()))
          .containsEntry("encoder.sha256", encoder(RECIPES.getFirst()));
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
      endsLikeTheUndisturbed(resumed, RECIPES.getFirst(), checkpoint);
      return resumed.said();
    }
  }

  private void endsLikeTheUndisturbed(ChildRun resumed, KillRecipe recipe, long checkpoint)
      throws IOException {
    assertThat(resumed.exitCode()).as(resumed.said()).isZero();
    if (checkpoint >= 0) {
      assertThat(resumed.said()).contains("goes on from checkpoint " + checkpoint + "\n");
    }
    assertThat(store(folder).pretraining(resumed.result()))
        .containsEntry("encoder.sha256", encoder(recipe))
        .containsEntry("bitExact", "true");
    nothingIsLeftOfTheDead();
  }

  private static String encoder(KillRecipe recipe) {
    return requireNonNull(ENCODERS.get(recipe));
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
  private record Evidence(KillRecipe recipe, long newest, boolean saving, long lostMillis) {
    static Evidence of(KillRecipe recipe, Path runs, long killedAt) throws IOException {
      StoreFolder store = new StoreFolder(runs.resolve(".store"));
      long newest = store.newest();
      long committed = newest < 0 ? 0 : Files.getLastModifiedTime(store.commit(newest)).toMillis();
      long begun = 0;
      for (Path save : KillMoment.saves(runs)) {
        begun = Math.max(begun, Files.getLastModifiedTime(save).toMillis());
      }
      return new Evidence(recipe, newest, begun > committed, newest < 0 ? 0 : killedAt - committed);
    }
  }
}

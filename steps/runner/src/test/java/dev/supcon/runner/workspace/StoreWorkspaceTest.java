package dev.supcon.runner.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import dev.supcon.contract.step.StepHeader;
import dev.supcon.contract.step.StepKey;
import dev.supcon.contract.step.StepKind;
import dev.supcon.contract.step.StepReport;
import dev.supcon.services.store.FolderStore;
import dev.supcon.services.store.Lookup;
import dev.supcon.services.store.MetricPoint;
import dev.supcon.services.store.ObjectStore;
import dev.supcon.services.store.Progress;
import dev.supcon.services.store.StepResult;
import dev.supcon.services.store.StepStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StoreWorkspaceTest {
  private static final StepKey DATA = new StepKey("a".repeat(64));
  private static final StepKey ENCODER = new StepKey("b".repeat(64));
  private static final StepReport REPORT =
      new StepReport(StepKind.PRETRAIN, Map.of("m", 0.5), Map.of(), 1);

  @TempDir private Path folder;
  private ObjectStore store = new FolderStore(Path.of("target/unused"));
  private final List<String> said = new ArrayList<>();
  private final List<MetricPoint> measured = new ArrayList<>();
  private long now = 10_000;
  private boolean stop;

  @BeforeEach
  void openStore() {
    store = new FolderStore(folder.resolve("store"));
  }

  private StoreWorkspace workspace(StepKey key, String attempt) {
    StepHeader header = new StepHeader("tiny", "pretrain", key, 1, 7, Map.of("data", DATA));
    Attempt.Observer observer =
        new Attempt.Observer((doing, fraction) -> {}, measured::add, said::add);
    return new StoreWorkspace(
        store,
        header,
        new Attempt(
            attempt,
            folder.resolve("scratch").resolve(attempt),
            () -> stop,
            Duration.ZERO,
            () -> Instant.ofEpochMilli(now),
            observer));
  }

  private Lookup.Hit finish(StepKey key, String attempt, String content) throws IOException {
    StoreWorkspace workspace = workspace(key, attempt);
    Files.writeString(workspace.output().resolve("file"), content);
    return workspace.publish(REPORT);
  }

  @Test
  void whatIsPublishedIsAnInputOfTheNextStepAndNamedByIt() throws IOException {
    Lookup.Hit data = finish(DATA, "one", "pixels");

    StoreWorkspace next = workspace(ENCODER, "two");
    assertThat(next.input("data").resolve("file")).hasContent("pixels");
    assertThat(next.publish(REPORT).manifest().inputs())
        .containsExactly(Map.entry(DATA.hex(), data.digest()));
  }

  @Test
  void anInputThatIsNotDoneIsRefusedWithTheReason() {
    StoreWorkspace workspace = workspace(ENCODER, "one");

    StepFailure failure = catchThrowableOfType(StepFailure.class, () -> workspace.input("data"));
    assertThat(failure.exitCode()).isEqualTo(ExitCode.NO_INPUT);
    assertThat(failure).hasMessageContaining("data").hasMessageContaining("NoManifest");
  }

  @Test
  void aRoleThatTheStepDoesNotHaveIsABug() {
    assertThatThrownBy(() -> workspace(ENCODER, "one").input("classifier"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("classifier");
  }

  /** Same size and a fresh look-up would let it pass; the hash does not. */
  @Test
  void aDamagedInputIsNeverReadAndCountsAsNotDoneFromThenOn() throws IOException {
    Lookup.Hit data = finish(DATA, "one", "pixels");
    Path file = new StepResult(store, data.manifest()).files(folder).resolve("file");
    var time = Files.getLastModifiedTime(file);
    Files.writeString(file, "sixels");
    Files.setLastModifiedTime(file, time);

    StepFailure failure =
        catchThrowableOfType(StepFailure.class, () -> workspace(ENCODER, "two").input("data"));
    assertThat(failure.exitCode()).isEqualTo(ExitCode.STORE_UNREACHABLE);
    assertThat(failure).hasMessageContaining("damaged");
    assertThat(new StepStore(store, DATA).lookup()).isInstanceOf(Lookup.Miss.class);
  }

  @Test
  void anotherAttemptGoesOnFromTheCheckpointWithItsCurves() throws IOException {
    StoreWorkspace first = workspace(ENCODER, "one");
    first.metric("loss", 1, 4.0);
    first.commitCheckpoint(1, state("state 1"));
    first.metric("loss", 2, 3.0); // lost: no checkpoint holds it

    StoreWorkspace second = workspace(ENCODER, "two");
    Workspace.Checkpoint found = second.newestCheckpoint().orElseThrow();
    second.metric("loss", 2, 3.5);
    Lookup.Hit hit = second.publish(REPORT);

    assertThat(found.number()).isEqualTo(1);
    assertThat(found.files().resolve("state")).hasContent("state 1");
    assertThat(said).containsExactly("goes on from checkpoint 1");
    assertThat(new StepResult(store, hit.manifest()).points())
        .extracting(MetricPoint::step, MetricPoint::value)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(1L, 4.0),
            org.assertj.core.groups.Tuple.tuple(2L, 3.5));
  }

  @Test
  void trainingGoesOnWithoutTheStoreAndTheNextCheckpointHoldsAll() {
    AtomicBoolean away = new AtomicBoolean();
    store = mayBeAway(store, away);
    StoreWorkspace workspace = workspace(ENCODER, "one");
    away.set(true);
    workspace.metric("loss", 1, 4.0);
    assertThat(workspace.commitCheckpoint(1, state("state 1"))).isFalse();
    workspace.progress(0.5, "half");
    assertThat(said).hasSize(2).containsOnly("goes on without the store: no answer");

    away.set(false);
    assertThat(workspace.commitCheckpoint(2, state("state 2"))).isTrue();
    assertThat(workspace(ENCODER, "two").newestCheckpoint())
        .hasValueSatisfying(found -> assertThat(found.number()).isEqualTo(2));
  }

  private static ObjectStore mayBeAway(ObjectStore store, AtomicBoolean away) {
    return (ObjectStore)
        Proxy.newProxyInstance(
            ObjectStore.class.getClassLoader(),
            new Class<?>[] {ObjectStore.class},
            (proxy, method, arguments) -> {
              if (away.get()) {
                throw new StepFailure(ExitCode.STORE_UNREACHABLE, "no answer");
              }
              return method.invoke(store, arguments);
            });
  }

  @Test
  void aDamagedCheckpointIsPassedOverAndThatIsSaid() throws IOException {
    StoreWorkspace first = workspace(ENCODER, "one");
    first.commitCheckpoint(1, state("state 1"));
    first.commitCheckpoint(2, state("state 2"));
    Files.writeString(first.newestCheckpoint().orElseThrow().files().resolve("state"), "st");
    said.clear();

    assertThat(workspace(ENCODER, "two").newestCheckpoint())
        .hasValueSatisfying(found -> assertThat(found.number()).isEqualTo(1));
    assertThat(said)
        .containsExactly("checkpoint 2 is damaged and passed over", "goes on from checkpoint 1");
  }

  @Test
  void theFirstOfTwoAttemptsWins() throws IOException {
    StoreWorkspace slow = workspace(DATA, "slow");
    Files.writeString(slow.output().resolve("file"), "slow");
    Lookup.Hit fast = finish(DATA, "fast", "fast");

    assertThat(slow.publish(REPORT)).isEqualTo(fast);
    assertThat(workspace(ENCODER, "next").input("data").resolve("file")).hasContent("fast");
  }

  @Test
  void progressIsWrittenToTheStoreEveryThreeSecondsAtMost() {
    StoreWorkspace workspace = workspace(ENCODER, "one");
    workspace.progress(0.1, "a");
    now += 2_999;
    workspace.progress(0.2, "b");
    assertThat(new StepStore(store, ENCODER).progress().map(Progress::fraction)).hasValue(0.1);

    now += 1;
    workspace.progress(0.3, "c");
    assertThat(new StepStore(store, ENCODER).progress().map(Progress::fraction)).hasValue(0.3);
  }

  @Test
  void aPointIsToldAtOnceWithTheTimeOfItsMeasurement() {
    workspace(ENCODER, "one").metric("loss", 3, 1.5);

    assertThat(measured).containsExactly(new MetricPoint("loss", 3, 1.5, 10_000));
  }

  @Test
  void theWishToStopIsPassedOn() {
    StoreWorkspace workspace = workspace(ENCODER, "one");
    assertThat(workspace.stopRequested()).isFalse();
    stop = true;
    assertThat(workspace.stopRequested()).isTrue();
  }

  private static Consumer<Path> state(String content) {
    return files -> {
      try {
        Files.writeString(files.resolve("state"), content);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    };
  }
}

package dev.supcon.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.supcon.contract.step.ExitCode;
import dev.supcon.runner.report.RunResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** SIGTERM inside each step that keeps no checkpoint of its own; pretraining's is in KillIT. */
final class StopIT {
  @TempDir private static Path shared;
  private static Path file = Path.of("");

  /** What the cases need is there, so that each of them begins with the step it is about. */
  @BeforeAll
  static void runWithoutTheLastSteps() throws IOException {
    file = TinyExperiment.write(shared, 10, 100);
    try (ChildRun run = ChildRun.start(shared, arguments("corruption=null", "transfer=[]"))) {
      assertThat(run.exitCode()).as(run.said()).isZero();
    }
  }

  private static String[] arguments(String... changes) {
    List<String> words =
        new ArrayList<>(List.of("run", file.toString(), "--runs=" + shared.resolve("runs")));
    words.add("--json");
    for (String change : changes) {
      words.add("--set=" + change);
    }
    return words.toArray(String[]::new);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "augment    | images were packed | corruption=null transfer=[] data.name=shapes data.path=null"
            + " pretrain.batchSize=64 pretrain.epochs=1",
        "linear     | '(features|classifiers) were .*' | corruption=null transfer=[] linear.epochs=2000",
        "corruption | corrupted images were classified | transfer=[] corruption.severities=[1,3,5]"
            + " corruption.types=[gaussianNoise,defocusBlur,contrast]",
        "transfer-tiny-again | '(features|classifiers) were .*' | corruption=null",
      })
  void askedToStopInAStepItEndsWith75WithinTenSecondsAndGoesOnLater(
      String step, String doing, String changes) throws IOException {
    String[] words = arguments(changes.split(" "));
    StoreFolder store = new StoreFolder(shared.resolve("runs/.store"));
    int results = store.files("manifest.json").size();
    int begun = store.files("progress.json").size();
    try (ChildRun stopped = ChildRun.start(shared, words)) {
      while (store.files("progress.json").size() == begun) {
        assertThat(stopped.alive()).as(stopped.said()).isTrue();
        pause();
      }
      long began = System.nanoTime();
      stopped.terminate();

      assertThat(stopped.exitCode()).as(stopped.said()).isEqualTo(ExitCode.RESUME.code());
      assertThat((System.nanoTime() - began) / 1e9).isLessThan(10);
      assertThat(stopped.said())
          .containsPattern(step + " +stopped")
          .containsPattern("supcon: stopped while " + doing + "; start it again to go on\n$");
    }
    assertThat(store.files("manifest.json")).hasSize(results);
    try (ChildRun later = ChildRun.start(shared, words)) {
      assertThat(later.exitCode()).as(later.said()).isZero();
      assertThat(later.result().steps())
          .filteredOn(done -> done.state() == RunResult.State.Succeeded)
          .extracting(RunResult.Step::name)
          .contains(step);
    }
    assertThat(store.unnamed()).isEmpty();
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(2);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }
}

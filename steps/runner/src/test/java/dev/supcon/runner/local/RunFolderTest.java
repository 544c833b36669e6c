package dev.supcon.runner.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.supcon.contract.step.ContractJson;
import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import dev.supcon.runner.report.Curve;
import dev.supcon.runner.report.RunPage;
import dev.supcon.runner.report.RunResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {
  @TempDir private Path folder;

  /** Programs read this file: a change of it is a change for them. */
  @Test
  void theResultIsWhatTheDocumentationShows() throws IOException {
    RunFolder.write(folder, page());

    assertThat(ContractJson.MAPPER.readTree(folder.resolve("result.json").toFile()))
        .isEqualTo(
            ContractJson.MAPPER.readTree(
                """
                {"experiment": "tiny",
                 "steps": [
                   {"name": "augment", "kind": "augment", "key": "%1$s",
                    "state": "Cached", "seconds": 0.0},
                   {"name": "pretrain", "kind": "pretrain", "key": "%1$s",
                    "state": "Succeeded", "seconds": 262.4}],
                 "metrics": {"classifier.test.top1": 0.5, "knn.test.top1": 0.25},
                 "facts": {"augment": {"digest": "d"}}}
                """
                    .formatted("0123456789abcdef".repeat(4))));
  }

  @Test
  void aWrittenRunIsReadBackAndDrawnTheSame() throws IOException {
    Path report = RunFolder.write(folder, page());
    byte[] drawn = Files.readAllBytes(report);
    RunPage read = RunFolder.read(folder);

    assertThat(read).usingRecursiveComparison().isEqualTo(page());
    assertThat(RunFolder.write(folder, read)).hasBinaryContent(drawn);
    try (var files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("report.html", "result.json", "page.json");
    }
  }

  @Test
  void aFolderWithoutARunAndADamagedOneAreNamed() throws IOException {
    assertRefused(folder.resolve("nowhere"), "holds no finished run");
    RunFolder.write(folder, page());
    Files.writeString(folder.resolve("page.json"), "{\"result\": ");
    assertRefused(folder, "Cannot read");
    Files.writeString(folder.resolve("page.json"), "{}");
    assertRefused(folder, "Cannot read");
  }

  private static void assertRefused(Path folder, String words) {
    assertThatThrownBy(() -> RunFolder.read(folder))
        .hasMessageContaining(words)
        .hasMessageContaining(folder.toString())
        .isInstanceOfSatisfying(
            StepFailure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.NO_INPUT));
  }

  private static RunPage page() {
    RunResult bare =
        ResultTableTest.result(Map.of("classifier.test.top1", 0.5, "knn.test.top1", 0.25));
    SortedMap<String, String> words = new TreeMap<>(Map.of("digest", "d"));
    return new RunPage(
        new RunResult(
            bare.experiment(),
            bare.steps(),
            bare.metrics(),
            new TreeMap<>(Map.of("augment", words))),
        "spec: {}",
        new TreeMap<>(Map.of("seed", "0")),
        new TreeMap<>(Map.of("commit", "abc")),
        List.of(new Curve("train.loss", List.of(new Curve.Point(1, 2.5)))),
        new byte[] {1, 2},
        List.of(new RunPage.Bin(0.5, 0.5, 2)),
        List.of(new RunPage.Dot(1, 2, 0)),
        List.of(new RunPage.Answer(0, 0, 2)),
        List.of(0, 2),
        List.of("a, b", "c"));
  }
}

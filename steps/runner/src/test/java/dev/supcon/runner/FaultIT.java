package dev.supcon.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.supcon.contract.step.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a run does when a disk, a store or a server does not play along. */
final class FaultIT {
  /** Mounts a small disk at $2, runs the rest on it, makes room, and runs the rest again. */
  private static final String ON_A_SMALL_DISK =
      """
      mount -t tmpfs -o size="$1" none "$2" || exit 99
      disk=$2
      shift 2
      "$@" >/dev/null
      echo "first run: $?" >&2
      mount -o remount,size=64m "$disk"
      exec "$@"
      """;

  private static final String ON_A_READ_ONLY_DISK =
      """
      mount -t tmpfs -o ro none "$1" || exit 99
      shift
      exec "$@"
      """;

  @TempDir private static Path shared;
  private static Path file = Path.of("");
  private static String encoder = "";

  @TempDir private Path folder;

  @BeforeAll
  static void runUndisturbed() throws IOException {
    file = TinyExperiment.write(shared, 10);
    try (ChildRun run = ChildRun.start(shared, arguments(shared.resolve("runs")))) {
      assertThat(run.exitCode()).as(run.said()).isZero();
      encoder = encoder(shared.resolve("runs"), run);
    }
  }

  private static String[] arguments(Path runs, String... more) {
    List<String> words =
        new ArrayList<>(List.of("run", file.toString(), "--runs", runs.toString(), "--json"));
    words.addAll(List.of(more));
    return words.toArray(String[]::new);
  }

  private static String encoder(Path runs, ChildRun run) throws IOException {
    return new StoreFolder(runs.resolve(".store"))
        .pretraining(run.result())
        .getOrDefault("encoder.sha256", "");
  }

  /** The disk is full while packing, while a checkpoint is saved, or while a result is. */
  @ParameterizedTest
  @ValueSource(strings = {"128k", "1m", "3m"})
  void aFullDiskIsSaidAndNothingHalfWrittenIsReadAsWhole(String size) throws IOException {
    Path disk = Files.createDirectories(folder.resolve("disk"));
    Path copy = folder.resolve("copy");
    List<String> words = ChildRun.command(folder, arguments(disk.resolve("runs")));
    // the disk goes with the processes that see it
    String then = ON_A_SMALL_DISK.replace("exec ", "") + "code=$?; cp -r " + disk + "/runs " + copy;
    try (ChildRun run = mounting(then + "; exit $code", words, size, disk.toString())) {
      assertThat(run.exitCode()).as(run.said()).isZero();
      assertThat(run.said()).contains("first run: " + ExitCode.NO_SPACE.code());
      assertThat(run.said().lines().filter(line -> line.startsWith("supcon: ")))
          .singleElement()
          .asString()
          .containsPattern("(?i)no space left|is full")
          .contains(disk.toString());
      assertThat(run.said()).doesNotContain("\tat ");
      assertThat(encoder(copy, run)).isEqualTo(encoder);
    }
  }

  @Test
  void aReadOnlyDiskIsSaid() throws IOException {
    Path disk = Files.createDirectories(folder.resolve("disk"));
    List<String> words = ChildRun.command(folder, arguments(disk.resolve("runs")));
    try (ChildRun run = mounting(ON_A_READ_ONLY_DISK, words, disk.toString())) {
      assertThat(run.exitCode()).as(run.said()).isEqualTo(ExitCode.NO_SPACE.code());
      assertThat(run.said())
          .startsWith("supcon: No permission to write in " + disk)
          .hasLineCount(1);
    }
  }

  /** In a mount namespace of its own; one that is no root's needs a user namespace, too. */
  private ChildRun mounting(String script, List<String> words, String... places)
      throws IOException {
    List<String> command = new ArrayList<>(List.of("unshare", "--mount", "--map-root-user"));
    assumeTrue(mayMount(command), "neither root nor a user namespace may mount a disk here");
    command.addAll(List.of("sh", "-c", script, "sh"));
    command.addAll(List.of(places));
    command.addAll(words);
    return ChildRun.start(new ProcessBuilder(command), folder);
  }

  private boolean mayMount(List<String> unshare) throws IOException {
    List<String> trial = new ArrayList<>(unshare);
    trial.addAll(List.of("mount", "-t", "tmpfs", "none", folder.toString()));
    try (ChildRun run = ChildRun.start(new ProcessBuilder(trial), folder)) {
      return run.exitCode() == 0;
    }
  }

  @Test
  void aStoreThatIsAFileIsSaid() throws IOException {
    Path notes = Files.writeString(folder.resolve("notes.txt"), "no store");

    for (String store : List.of(notes.toString(), notes + "/store")) {
      CommandLineRun run = CommandLineRun.of(arguments(folder.resolve("runs"), "--store", store));
      assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.NO_SPACE.code());
      assertThat(run.err()).startsWith("supcon: ").contains(notes.toString()).hasLineCount(1);
    }
    assertThat(notes).hasContent("no store");
  }

  @Test
  void anUnreachableStoreIsSaidWithItsAddress() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            ChildRun.command(
                folder, arguments(folder.resolve("runs"), "--store", "s3://bucket/prefix")));
    builder
        .environment()
        .putAll(
            Map.of(
                "SUPCON_S3_ENDPOINT", "http://127.0.0.1:9",
                "SUPCON_S3_ACCESS_KEY", "somebody",
                "SUPCON_S3_SECRET_KEY", "hush-hush"));
    try (ChildRun run = ChildRun.start(builder, folder)) {
      assertThat(run.exitCode()).isEqualTo(ExitCode.STORE_UNREACHABLE.code());
      assertThat(run.said())
          .startsWith("supcon: The store http://127.0.0.1:9 does not answer")
          .doesNotContain("hush-hush")
          .hasLineCount(1);
    }
  }

  @Test
  void aTrackingServerThatDoesNotAnswerStopsNothing() throws IOException {
    String[] words = arguments(folder.resolve("runs"), "--mlflow", "http://127.0.0.1:9");
    try (ChildRun run = ChildRun.start(folder, words)) {
      assertThat(run.exitCode()).as(run.said()).isZero();
      assertThat(encoder(folder.resolve("runs"), run)).isEqualTo(encoder);
    }
    assertThat(folder.resolve("runs/.outbox")).isNotEmptyDirectory();
  }
}

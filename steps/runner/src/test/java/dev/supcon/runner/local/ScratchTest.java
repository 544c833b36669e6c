package dev.supcon.runner.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class ScratchTest {
  @TempDir private Path folder;
  private Path root = Path.of("");

  @BeforeEach
  void nameRoot() {
    root = folder.resolve("runs/.scratch");
  }

  @Test
  void aRunLeavesNothing() throws IOException {
    try (Scratch scratch = Scratch.open(root)) {
      Files.createDirectories(scratch.path().resolve("attempt/inputs"));
      Files.writeString(scratch.path().resolve("attempt/inputs/shard"), "x");
    }
    assertThat(left()).isEmpty();
  }

  @Test
  void whatAKilledRunLeftGoesAndWhatALivingOneHasStays() throws IOException {
    try (Run killed = Run.start(root);
        Run living = Run.start(root)) {
      assertThat(living.file()).exists();
      assertThat(killed.file()).as("kept by the run that came after it").exists();
      killed.close();

      try (Scratch scratch = Scratch.open(root)) {
        assertThat(killed.folder()).doesNotExist();
        assertThat(living.file()).hasContent("in use");
        assertThat(left())
            .containsExactlyInAnyOrder(
                name(scratch.path()),
                name(scratch.path()) + ".lock",
                name(living.folder()),
                name(living.folder()) + ".lock");
      }
      living.close();
      Scratch.open(root).close();
      assertThat(left()).isEmpty();
    }
  }

  /** It may be anything: a folder of which no lock says that its owner is dead. */
  @Test
  void whatHasNoLockIsLeftAlone() throws IOException {
    Path foreign = Files.createDirectories(root.resolve("foreign"));
    Scratch.open(root).close();
    assertThat(foreign).exists();
  }

  @Test
  void aPlaceWithoutRoomIsRefused() throws IOException {
    Files.createDirectories(folder.resolve("runs"));
    Files.writeString(root, "a file");

    StepFailure failure = catchThrowableOfType(StepFailure.class, () -> Scratch.open(root));
    assertThat(failure.exitCode()).isEqualTo(ExitCode.NO_SPACE);
    assertThat(failure).hasMessageContaining(root.toString());
  }

  private List<String> left() throws IOException {
    try (Stream<Path> files = Files.list(root)) {
      return files.map(ScratchTest::name).filter(name -> !name.equals("gate")).toList();
    }
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }

  /** Another process that has a file in its scratch folder until it is killed. */
  record Run(Process process, Path file) implements AutoCloseable {

    public static void main(String[] arguments) throws Exception {
      try (Scratch scratch = Scratch.open(Path.of(arguments[0]))) {
        System.out.println(Files.writeString(scratch.path().resolve("file"), "in use"));
        TimeUnit.MINUTES.sleep(5);
      }
    }

    static Run start(Path root) throws IOException {
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  Run.class.getName(),
                  root.toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
      return new Run(process, Path.of(String.valueOf(out.readLine())));
    }

    Path folder() {
      return file.resolveSibling("");
    }

    /** SIGKILL, and waits for the end. */
    @Override
    public void close() {
      process.destroyForcibly().onExit().join();
    }
  }
}

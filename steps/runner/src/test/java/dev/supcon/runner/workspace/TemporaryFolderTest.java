package dev.supcon.runner.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TemporaryFolderTest {
  @TempDir private Path root;

  @Test
  void itGoesWithAllThatIsInItButNotWithWhatLinksLeadTo() throws IOException {
    Path other = Files.createDirectories(root.resolve("other"));
    Files.writeString(other.resolve("file"), "kept");
    try (TemporaryFolder folder = TemporaryFolder.make(root.resolve("a/b"))) {
      Files.createDirectories(folder.path().resolve("c/d"));
      Files.writeString(folder.path().resolve("c/file"), "x");
      Files.createSymbolicLink(folder.path().resolve("link"), other);
    }
    assertThat(root.resolve("a")).isEmptyDirectory();
    assertThat(other.resolve("file")).hasContent("kept");
  }

  @Test
  void oneThatIsGoneIsNoFault() throws IOException {
    TemporaryFolder folder = TemporaryFolder.make(root.resolve("a"));
    Files.delete(folder.path());
    folder.close();
    assertThat(root).isEmptyDirectory();
  }

  @Test
  void aFileInTheWayIsSaid() throws IOException {
    Path file = Files.writeString(root.resolve("a"), "x");

    StepFailure failure =
        catchThrowableOfType(StepFailure.class, () -> TemporaryFolder.make(file.resolve("b")));
    assertThat(failure.exitCode()).isEqualTo(ExitCode.NO_SPACE);
    assertThat(failure).hasMessageContaining(file.toString());
  }
}

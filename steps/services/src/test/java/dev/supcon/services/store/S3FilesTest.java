package dev.supcon.services.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import dev.supcon.loopback.LoopbackS3;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class S3FilesTest implements S3FilesContract {
  private final LoopbackS3 server = new LoopbackS3();

  @Override
  public Map<String, String> environment() {
    return server.environment();
  }

  @Override
  public String place() {
    return "images/here";
  }

  @Override
  public void put(String name, byte[] bytes) {
    server.overwrite("images/here/" + name, bytes);
  }

  @AfterEach
  void close() {
    server.close();
  }

  /** A file system would read it in its own way, or a listing's line. */
  @ParameterizedTest
  @ValueSource(strings = {"../x", "a/../../x", "a//x", "./x", "a\\x"})
  void aNameThatIsNoFilesIsRefused(String name) {
    put("bad/" + name, new byte[1]);
    try (S3Files files = S3Files.open("s3://images/here/bad", environment())) {
      assertThatThrownBy(files::list)
          .isInstanceOfSatisfying(
              StepFailure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.DATA))
          .hasMessageContaining("rename the object");
    }
  }

  @Test
  void aCutDownloadIsNeverAFile(@TempDir Path folder) {
    put("cut/a", new byte[10_000]);
    try (S3Files files = S3Files.open("s3://images/here/cut", environment())) {
      S3Listing.File file = files.list().files().getFirst();
      server.fault(LoopbackS3.Fault.CUT);
      assertThatThrownBy(() -> files.download(file, folder.resolve("a")))
          .isInstanceOfSatisfying(
              StepFailure.class,
              e -> assertThat(e.exitCode()).isEqualTo(ExitCode.STORE_UNREACHABLE));
      server.fault(LoopbackS3.Fault.NONE);
      files.download(file, folder.resolve("a"));
    }
    assertThat(folder.resolve("a")).hasSize(10_000);
  }
}

package dev.supcon.runner.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.Sha256;
import dev.supcon.contract.step.StepFailure;
import dev.supcon.loopback.LoopbackS3;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class S3PlaceTest {
  private final LoopbackS3 server = new LoopbackS3();
  @TempDir private Path scratch;

  @AfterEach
  void stop() {
    server.close();
  }

  private SourcePlace place(String uri) {
    return new S3Place(uri, server.environment());
  }

  @Test
  void aFolderComesWithAllItsFilesAndEmptyFolders() throws IOException {
    List<Integer> percents = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      server.overwrite("images/pets/train/cat/" + i + ".png", new byte[] {(byte) i});
    }
    server.overwrite("images/pets/train/dog/", new byte[0]);
    SourcePlace place = place("s3://images/pets/");

    Path source = place.fetch(place.digest(scratch), scratch, percents::add);

    assertThat(source).hasFileName("pets");
    assertThat(FileTree.open(source, () -> {}).names())
        .hasSize(31)
        .contains("train/cat/0.png", "train/cat/29.png", "train/dog/");
    assertThat(source.resolve("train/cat/7.png")).hasBinaryContent(new byte[] {7});
    assertThat(percents).endsWith(100).isSorted();
  }

  @Test
  void aTarComesAsAFile() {
    server.overwrite("images/pets.tar", new byte[100]);
    SourcePlace place = place("s3://images/pets.tar");

    assertThat(place.fetch(place.digest(scratch), scratch, percent -> {}))
        .hasFileName("pets.tar")
        .hasSize(100);
  }

  @Test
  void aFileIsKnownByItsBytes() throws IOException {
    server.overwrite("weights/resnet.pth", new byte[100]);
    server.overwrite("weights/all/resnet.pth", new byte[100]);
    SourcePlace place = place("s3://weights/resnet.pth");
    String digest = new Sha256().add(new byte[100]).hex();

    assertThat(place.file(digest, scratch)).hasFileName("resnet.pth").hasSize(100);
    assertThatThrownBy(() -> place.file("0".repeat(64), scratch))
        .isInstanceOfSatisfying(
            StepFailure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.DATA))
        .hasMessageContaining("has the SHA-256 " + digest);
    assertThatThrownBy(() -> place("s3://weights/all").file(digest, scratch))
        .hasMessageContaining("is a folder; write the address of one file");
    assertThatThrownBy(() -> place("s3://weights/none").file(digest, scratch))
        .hasMessageContaining("Nothing lies at s3://weights/none");
  }

  @Test
  void whatChangedSinceThePlanIsRefusedBeforeAByteIsRead() {
    server.overwrite("images/pets/a", new byte[] {1});
    SourcePlace place = place("s3://images/pets");
    String planned = place.digest(scratch);
    server.overwrite("images/pets/a", new byte[] {2});

    assertThatThrownBy(() -> place.fetch(planned, scratch, percent -> {}))
        .isInstanceOfSatisfying(
            StepFailure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.DATA))
        .hasMessageContaining("s3://images/pets")
        .hasMessageContaining("has changed since the plan was made")
        .hasMessageContaining(planned);
    assertThat(scratch).isEmptyDirectory();
  }

  @Test
  void itsCredentialsAreNotShown() {
    assertThat(place("s3://images/pets")).hasToString("s3://images/pets");
  }
}

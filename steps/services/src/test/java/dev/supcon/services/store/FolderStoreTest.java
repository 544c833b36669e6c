package dev.supcon.services.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderStoreTest implements ObjectStoreContract {
  private final Path folder;
  private final ObjectStore store;

  FolderStoreTest(@TempDir Path folder) {
    this.folder = folder;
    this.store = Stores.open(folder.resolve("store").toString());
  }

  @Override
  public ObjectStore store() {
    return store;
  }

  @Test
  void aFileAtItsPlaceIsNotCopied() throws IOException {
    Path place = store.localPath("a/result/weights").orElseThrow();
    Files.createDirectories(place.getParent());
    Files.writeString(place, "w");
    Object before = Files.getAttribute(place, "unix:ino");

    store.put("a/result/weights", place);

    assertThat(Files.getAttribute(place, "unix:ino")).isEqualTo(before);
  }

  @Test
  void halfWrittenFilesAreNoObjects() throws IOException {
    store.put("a/b", ObjectStoreContract.bytes("x"));
    Files.writeString(folder.resolve("store/a/.tmp-123"), "half");

    assertThat(store.list("a/")).containsExactly("a/b");
  }

  @Test
  void aFileInTheWayIsSaidSo() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x");

    assertThatThrownBy(() -> Stores.open(file.resolve("store").toString()))
        .isInstanceOf(StepFailure.class)
        .hasMessageContaining(file.toString());
  }

  @Test
  void aFullDiskIsSaidSo() {
    StepFailure failure =
        FolderFailures.of(folder, new FileSystemException("x", null, "No space left on device"));

    assertThat(failure.exitCode()).isEqualTo(ExitCode.NO_SPACE);
    assertThat(failure).hasMessageContaining("is full").hasMessageContaining(folder.toString());
  }
}

package dev.supcon.services.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
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
  void halfWrittenFilesAndEmptyFoldersArePruned() throws IOException {
    store.put("a/kept/x", ObjectStoreContract.bytes("x"));
    store.put("a/gone/x", ObjectStoreContract.bytes("x"));
    Files.writeString(folder.resolve("store/a/kept/.tmp-1"), "half");
    Files.createDirectories(folder.resolve("store/a/empty/below"));
    Files.createDirectories(folder.resolve("store/a/living"));
    store.prune("a/", key -> key.equals("a/kept/x") || key.startsWith("a/living"));

    try (Stream<Path> left = Files.walk(folder.resolve("store/a"))) {
      assertThat(left.map(path -> folder.resolve("store").relativize(path).toString()))
          .containsExactlyInAnyOrder("a", "a/kept", "a/kept/x", "a/living");
    }
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

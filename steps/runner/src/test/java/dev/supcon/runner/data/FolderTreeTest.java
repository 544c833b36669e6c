package dev.supcon.runner.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.supcon.contract.step.ExitCode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class FolderTreeTest {
  @TempDir private Path folder;

  @Test
  void namesAreSortedWhateverTheOrderOnDisk() throws IOException {
    for (String name : List.of("b/2", "a/z", "a/1", "B", "a.b", "\u732b/1")) {
      write(name);
    }
    assertThat(tree().names()).containsExactly("B", "a.b", "a/1", "a/z", "b/2", "\u732b/1");
  }

  @Test
  void aFolderThatHoldsNothingIsNamedAndOthersAreNot() throws IOException {
    write("b/2");
    Files.createDirectories(folder.resolve("a/empty"));
    Files.createDirectories(folder.resolve("b2"));
    assertThat(tree().names()).containsExactly("a/empty/", "b/2", "b2/");
  }

  @Test
  void anEmptySourceHasNoNames() throws IOException {
    assertThat(tree().names()).isEmpty();
  }

  @Test
  void aLinkToAFileWithinIsRead() throws IOException {
    Path file = write("a/1");
    Files.createSymbolicLink(folder.resolve("a/2"), file);
    assertThat(tree().names()).containsExactly("a/1", "a/2");
    List<String> read = new ArrayList<>();
    tree()
        .forEach(
            Set.of("a/2"),
            (name, bytes) -> read.add(new String(bytes.get(), StandardCharsets.UTF_8)));
    assertThat(read).containsExactly("a/1");
  }

  @Test
  void aLinkThatLeadsOutIsRefused(@TempDir Path elsewhere) throws IOException {
    Path secret = Files.writeString(elsewhere.resolve("secret"), "secret");
    Files.createSymbolicLink(folder.resolve("x.png"), secret);
    refused("x.png", "copy the file there");
  }

  @Test
  void aLinkToAFolderIsRefused(@TempDir Path elsewhere) throws IOException {
    Files.createSymbolicLink(folder.resolve("train"), elsewhere);
    refused("train", "copy the file there");
  }

  @Test
  void aLinkInACircleIsRefused() throws IOException {
    Files.createDirectory(folder.resolve("a"));
    Files.createSymbolicLink(folder.resolve("a/again"), folder);
    refused("a/again", "copy the file there");
  }

  @Test
  void aLinkToNothingIsRefused() throws IOException {
    Files.createSymbolicLink(folder.resolve("x.png"), folder.resolve("gone"));
    refused("x.png", "copy the file there");
  }

  @Test
  @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aPipeIsRefusedInsteadOfWaitedFor() throws Exception {
    shell("mkfifo pipe.png");
    refused("pipe.png", "no plain file", "remove it");
  }

  @Test
  void aNameThatIsNotUtf8IsRefused() throws Exception {
    shell(": > \"$(printf 'caf\\351.png')\"");
    refused("caf", "not UTF-8", "rename");
  }

  @Test
  void aFileThatIsTooLargeIsRefusedBeforeItIsRead() throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(folder.resolve("x").toFile(), "rw")) {
      file.setLength(FileTree.MAX_BYTES + 1);
    }
    Refusal.of(
        ExitCode.DATA,
        () -> tree().forEach(Set.of("x"), (name, bytes) -> bytes.get()),
        folder.toString(),
        "x is larger than 64 MiB",
        "remove");
  }

  @Test
  void theDigestIsOfWhatWasReadWhateverBecomesOfIt() throws IOException {
    Path file = write("a/1");
    write("b");
    String before = tree().digest();
    FileTree tree = tree();
    tree.forEach(Set.copyOf(tree.names()), (name, bytes) -> bytes.get());
    Files.writeString(file, "x");

    assertThat(tree.digest()).isEqualTo(before).isNotEqualTo(tree().digest());
  }

  @Test
  void aFileThatChangesBetweenTwoReadingsIsRefused() throws IOException {
    Path file = write("a");
    FileTree tree = tree();
    tree.forEach(Set.of("a"), (name, bytes) -> bytes.get());
    Files.writeString(file, "x");
    Refusal.of(
        ExitCode.DATA,
        () -> tree.forEach(Set.of("a"), (name, bytes) -> bytes.get()),
        "a changed while it was read",
        "leave it alone");
  }

  private void refused(String... words) {
    Refusal.of(ExitCode.DATA, () -> tree().names(), words);
    Refusal.of(ExitCode.DATA, () -> tree().names(), folder.toString());
  }

  private FolderTree tree() {
    return new FolderTree(folder, () -> {});
  }

  private Path write(String name) throws IOException {
    Files.createDirectories(folder.resolve(name).getParent());
    return Files.writeString(folder.resolve(name), name);
  }

  private void shell(String command) throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(Path.of("/bin/sh")));
    Process process =
        new ProcessBuilder("/bin/sh", "-c", command).directory(folder.toFile()).start();
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
  }
}

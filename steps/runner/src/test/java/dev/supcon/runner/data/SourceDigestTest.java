package dev.supcon.runner.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.supcon.contract.spec.DataFormat;
import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceDigestTest {
  @TempDir private Path root;

  @Test
  void itIsTheHashOfSortedNamesAndHashes() throws IOException {
    Path source = write("source", "b/2", "a");
    String lines = "a\0" + sha256("a") + "\n" + "b/2\0" + sha256("b/2") + "\n";
    assertThat(digest(source)).isEqualTo(sha256(lines));
  }

  @Test
  void aFilesDigestIsThatOfSha256sum() throws IOException {
    Path file = Files.writeString(root.resolve("x.tar"), "abc");
    assertThat(digest(file))
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }

  @Test
  void oneByteOfOneImageChangesIt() throws IOException {
    Path source = TestImages.writeSet(root.resolve("source"), 2, 1);
    String before = digest(source);
    Path image = source.resolve("train/b/1.png");
    byte[] bytes = Files.readAllBytes(image);
    bytes[bytes.length / 2] ^= 1;
    Files.write(image, bytes);
    assertThat(digest(source)).isNotEqualTo(before);
  }

  @Test
  void everyChangeOfTheTreeChangesIt() throws IOException {
    Path source = write("source", "a/1", "a/2");
    String before = digest(source);
    Files.move(source.resolve("a/2"), source.resolve("a/3"));
    String renamed = digest(source);
    Files.move(source.resolve("a/3"), source.resolve("2"));
    String moved = digest(source);
    Files.delete(source.resolve("2"));
    String deleted = digest(source);
    Files.createDirectory(source.resolve("b"));
    String emptyFolder = digest(source);
    assertThat(List.of(before, renamed, moved, deleted, emptyFolder)).doesNotHaveDuplicates();
  }

  @Test
  void swappedContentsChangeIt() throws IOException {
    Path source = write("source", "a/1", "a/2");
    String before = digest(source);
    Files.writeString(source.resolve("a/1"), "a/2");
    Files.writeString(source.resolve("a/2"), "a/1");
    assertThat(digest(source)).isNotEqualTo(before);
  }

  @Test
  void orderTimeAndPlaceDoNotChangeIt() throws IOException {
    Path source = write("source", "a/1", "a/2", "b/1");
    Path other = write("elsewhere/copy", "b/1", "a/2", "a/1");
    Files.setLastModifiedTime(other.resolve("a/1"), FileTime.fromMillis(0));
    assertThat(digest(other)).isEqualTo(digest(source));
  }

  @Test
  void aLinkToTheSourceIsTheSource() throws IOException {
    Path source = write("source", "a");
    Path link = Files.createSymbolicLink(root.resolve("link"), source);
    assertThat(digest(link)).isEqualTo(digest(source));
    assertThat(cached()).hasSize(1);
  }

  @Test
  void anUnchangedSourceIsNotReadAgain() throws IOException {
    Path source = write("source", "a");
    String digest = digest(source);
    Files.writeString(cached().getFirst(), "1".repeat(64));
    assertThat(digest(source)).isEqualTo("1".repeat(64));
    assertThat(FileTree.open(source, () -> {}).digest()).isEqualTo(digest);
  }

  @Test
  void aSourceTouchedSinceIsReadAgain() throws IOException {
    Path source = write("source", "a");
    String digest = digest(source);
    Files.writeString(cached().getFirst(), "1".repeat(64));
    Files.setLastModifiedTime(source.resolve("a"), FileTime.fromMillis(1000));
    assertThat(digest(source)).isEqualTo(digest);
  }

  @Test
  void aHalfWrittenMemoryIsNotBelieved() throws IOException {
    Path source = write("source", "a");
    String digest = digest(source);
    for (String damaged : List.of("", digest.substring(1), digest + "\n", "x".repeat(64))) {
      Files.writeString(cached().getFirst(), damaged);
      assertThat(digest(source)).isEqualTo(digest);
    }
  }

  @Test
  void aSourceThatIsGoneIsNoInput() {
    Path gone = root.resolve("gone");
    Refusal.of(ExitCode.NO_INPUT, () -> digest(gone), "Cannot read", gone.toString());
  }

  @Test
  void aMemoryThatCannotBeWrittenIsNotTheSourcesFault() throws IOException {
    Path source = write("source", "a");
    Path file = Files.writeString(root.resolve("file"), "in the way");
    Refusal.of(
        ExitCode.NO_SPACE,
        () -> SourceDigest.of(source, file.resolve("cache")),
        file.toString(),
        "make room, or choose another store");
  }

  @Test
  void embeddedDataSetsHaveDigestsOfTheirOwn() {
    assertThat(SourceDigest.ofEmbedded(DataFormat.SHAPES))
        .matches("[0-9a-f]{64}")
        .isNotEqualTo(SourceDigest.ofEmbedded(DataFormat.SHAPES_NOVEL));
  }

  private String digest(Path source) {
    return SourceDigest.of(source, root.resolve("cache"));
  }

  private List<Path> cached() throws IOException {
    try (Stream<Path> files = Files.list(root.resolve("cache"))) {
      return files.toList();
    }
  }

  private static String sha256(String text) {
    return new Sha256().add(text.getBytes(StandardCharsets.UTF_8)).hex();
  }

  private Path write(String folder, String... names) throws IOException {
    Path source = root.resolve(folder);
    for (String name : names) {
      Files.createDirectories(source.resolve(name).getParent());
      Files.writeString(source.resolve(name), name);
    }
    return source;
  }
}

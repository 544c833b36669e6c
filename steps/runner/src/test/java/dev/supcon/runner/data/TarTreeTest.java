package dev.supcon.runner.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TarTreeTest {
  @TempDir private Path folder;

  @Test
  void namesAreSortedWhateverTheOrderOfEntries() throws IOException {
    TarBytes tar = new TarBytes().file("b/2").folder("b/").file("a/1").file("B");
    assertThat(tree(tar.whole()).names()).containsExactly("B", "a/1", "b/2");
  }

  @Test
  void aGzippedTarIsReadLikeAPlainOne() throws IOException {
    byte[] tar = new TarBytes().file("b").file("a").whole();
    assertThat(read(tree(TarBytes.gzip(tar)), "a", "b"))
        .isEqualTo(read(tree(tar), "a", "b"))
        .containsEntry("a", "a")
        .containsEntry("b", "b");
  }

  @Test
  void aFolderThatHoldsNothingIsNamedAndOthersAreNot() throws IOException {
    TarBytes tar = new TarBytes().folder("train/").folder("train/a/").folder("train/b/");
    assertThat(tree(tar.file("train/b/x").whole()).names())
        .containsExactly("train/a/", "train/b/x");
  }

  @Test
  void waysOfWritingOnePathAreOnePath() throws IOException {
    TarBytes tar = new TarBytes().folder("./").file("./train//a/./1.png");
    assertThat(tree(tar.whole()).names()).containsExactly("train/a/1.png");
  }

  /** What is passed over counts, too, and what gzip leaves behind its end. */
  @Test
  void theDigestIsTheFiles() throws IOException {
    byte[] tar = new TarBytes().file("a", new byte[3_000_000]).file("b").whole();
    for (byte[] bytes : List.of(tar, TarBytes.gzip(tar))) {
      FileTree tree = tree(bytes);
      String digest = new Sha256().add(bytes).hex();
      assertThat(tree.digest()).isEqualTo(digest);
      read(tree, "b");
      assertThat(tree.digest()).isEqualTo(digest);
    }
  }

  @Test
  void anArchiveThatChangesBetweenTwoReadingsIsRefused() throws IOException {
    FileTree tree = tree(new TarBytes().file("a").file("b").whole());
    tree.names();
    tree(new TarBytes().file("a").file("c").whole());
    Refusal.of(
        ExitCode.DATA,
        () -> tree.forEach(Set.of("a"), (name, bytes) -> bytes.get()),
        "changed while it was read",
        "leave it alone");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../x", "a/../../x", "a/..", "/etc/passwd", "a\\..\\x"})
  void aPathThatLeadsOutIsRefused(String name) {
    refused(new TarBytes().file(name).whole(), name, "leads out of the archive", "pack");
  }

  @ParameterizedTest
  @ValueSource(chars = {'1', '2', '3', '4', '6', 'S', 'V'})
  void aLinkOrDeviceIsRefused(char kind) {
    refused(new TarBytes().special("train/x", kind).whole(), "train/x", "pack plain files only");
  }

  @Test
  void aLinkThatLooksLikeAFolderIsRefused() {
    refused(new TarBytes().special("train/", '2').whole(), "train/", "pack plain files only");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a/x", "./a/x", "a//x", "a/./x"})
  void aNameThatIsThereTwiceIsRefused(String again) {
    refused(new TarBytes().file("a/x").file(again).whole(), "a/x", "twice", "once");
  }

  @Test
  void aNameThatIsNotUtf8IsRefused() {
    byte[] name = "caf\u00e9".getBytes(StandardCharsets.ISO_8859_1);
    refused(new TarBytes().entry(name, '0', 0).whole(), "caf", "not UTF-8", "rename");
  }

  @Test
  void aNameInUtf8IsRead() throws IOException {
    assertThat(tree(new TarBytes().file("\u732b/caf\u00e9").whole()).names())
        .containsExactly("\u732b/caf\u00e9");
  }

  @Test
  void anEntryThatIsTooLargeIsRefusedBeforeItIsRead() {
    byte[] name = "a".getBytes(StandardCharsets.UTF_8);
    TarTree tree = tree(new TarBytes().entry(name, '0', FileTree.MAX_BYTES + 1).whole());
    Refusal.of(
        ExitCode.DATA,
        () -> read(tree, "a"),
        folder.resolve("set.tar").toString(),
        "a is larger",
        "remove");
  }

  @Test
  void aLongNameThatWouldFillTheMemoryIsRefused() {
    byte[] name = "././@LongLink".getBytes(StandardCharsets.UTF_8);
    refused(new TarBytes().entry(name, 'L', 7L << 30).whole(), "no whole tar", "download it again");
  }

  @Test
  void aTarCutAnywhereIsRefused() {
    byte[] whole = new TarBytes().folder("a/").file("a/x").file("a/y").file("b").whole();
    int marked = whole.length - TarBytes.RECORD; // one of the two records of the end is enough
    for (int length = 0; length < marked; length += 64) {
      refused(Arrays.copyOf(whole, length), "no whole tar", "download it again");
    }
  }

  @Test
  void aGzippedTarCutAnywhereIsRefused() {
    byte[] whole = TarBytes.gzip(new TarBytes().file("a/x").file("b").whole());
    for (int length = 0; length < whole.length; length++) {
      refused(Arrays.copyOf(whole, length), "no whole tar", "download it again");
    }
  }

  @Test
  void aGzippedTarWhoseChecksumIsWrongIsRefused() {
    byte[] bytes = TarBytes.gzip(new TarBytes().file("a/x").whole());
    bytes[bytes.length - 8] ^= 1;
    refused(bytes, "no whole tar", "download it again");
  }

  @Test
  void filesBehindTheEndAreNotPassedOver() {
    byte[] one = new TarBytes().file("a").whole();
    byte[] both = Arrays.copyOf(one, 2 * one.length);
    System.arraycopy(one, 0, both, one.length, one.length);
    refused(both, "no whole tar", "goes on after its end mark");
  }

  @Test
  void whatIsNoTarIsRefused() {
    refused("PK\3\4 not a tar".repeat(100).getBytes(StandardCharsets.UTF_8), "give a folder");
    refused(new byte[0], "give a folder");
  }

  @Test
  void aDamagedHeaderIsRefused() {
    byte[] bytes = new TarBytes().file("a").file("b").whole();
    bytes[2 * TarBytes.RECORD + 124] = 'z'; // the second entry's size
    refused(bytes, "no whole tar", "download it again");
  }

  @Test
  void aWantedFileThatIsGoneIsRefused() {
    TarTree tree = tree(new TarBytes().file("a").whole());
    Refusal.of(
        ExitCode.DATA,
        () -> read(tree, "a", "b"),
        folder.resolve("set.tar").toString(),
        "b is not there");
  }

  @Test
  void aTarThatIsNotThereIsNoDamage() {
    assertThatThrownBy(() -> new TarTree(folder.resolve("none"), () -> {}).names())
        .isInstanceOf(NoSuchFileException.class);
  }

  private void refused(byte[] bytes, String... words) {
    TarTree tree = tree(bytes);
    Refusal.of(ExitCode.DATA, tree::names, words);
    Refusal.of(ExitCode.DATA, tree::names, folder.resolve("set.tar").toString());
  }

  private TarTree tree(byte[] bytes) {
    return new TarTree(TarBytes.write(folder.resolve("set.tar"), bytes), () -> {});
  }

  private static Map<String, String> read(FileTree tree, String... names) throws IOException {
    Map<String, String> read = new TreeMap<>();
    tree.forEach(
        Set.of(names),
        (name, bytes) -> read.put(name, new String(bytes.get(), StandardCharsets.UTF_8)));
    return read;
  }
}

package dev.supcon.runner.data;

import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import dev.supcon.runner.layout.SourceFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Files by relative path, in a folder or in a tar. */
sealed interface FileTree permits FolderTree, TarTree {

  /** The largest file that is read; no image is larger. */
  long MAX_BYTES = 64L << 20;

  /** The largest of records: CIFAR-100's train.bin has 147 MiB. */
  long MAX_BINARY_BYTES = 160L << 20;

  String TOO_LARGE = "is larger than 64 MiB; no image is, so remove it";
  String NO_UTF8 =
      "has a name that is not UTF-8 (in a tar: or has a question mark; in a folder: or LC_ALL is"
          + " another); rename it";

  /**
   * Relative paths of all files, and of folders that hold nothing, these with a slash at their end;
   * sorted, never in the order of a disk.
   *
   * @throws StepFailure {@code DATA} when something else than plain files is there
   */
  List<String> names() throws IOException;

  /**
   * Offers the wanted files once each, in any order, from one thread.
   *
   * @throws StepFailure {@code DATA} when one cannot be had whole
   */
  void forEach(Set<String> wanted, Visitor visitor) throws IOException;

  /**
   * {@link SourceDigest} of the very names and bytes that were handed out; what was not is read for
   * it. So what was made of them is of this digest, whatever becomes of the source.
   */
  String digest() throws IOException;

  /**
   * A folder as it is, anything else as a tar, plain or gzipped.
   *
   * @param beforeFile may end the reading by an exception
   */
  static FileTree open(Path source, Runnable beforeFile) {
    return Files.isDirectory(source)
        ? new FolderTree(source, beforeFile)
        : new TarTree(source, beforeFile);
  }

  /**
   * The files as a layout sees them.
   *
   * @param source for messages
   */
  default SourceFiles files(Path source) throws IOException {
    return new SourceFiles(
        source,
        names(),
        wanted -> {
          Map<String, byte[]> contents = new HashMap<>();
          forEach(wanted, (name, bytes) -> contents.put(name, bytes.get()));
          return contents;
        });
  }

  /** Two readings that differ would be put together. */
  static void refuseChange(Path source, String name, @Nullable String before, String now) {
    if (before != null && !before.equals(now)) {
      throw refused(source, name, "changed while it was read; leave it alone and start again");
    }
  }

  static void refuseLarge(Path source, String name, long bytes) {
    if (bytes > (name.endsWith(".bin") ? MAX_BINARY_BYTES : MAX_BYTES)) {
      throw refused(source, name, TOO_LARGE);
    }
  }

  static StepFailure refused(Path source, String name, String reason) {
    return new StepFailure(ExitCode.DATA, "%s: %s %s.".formatted(source, name, reason));
  }

  /** Takes what is offered. */
  interface Visitor {
    void visit(String name, Bytes bytes) throws IOException;
  }

  /** A file's content; any thread may ask for it. */
  interface Bytes {
    byte[] get() throws IOException;
  }
}

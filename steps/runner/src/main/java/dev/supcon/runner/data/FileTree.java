package dev.supcon.runner.data;

import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Files by relative path, in a folder or in a tar. */
sealed interface FileTree permits FolderTree, TarTree {

  /** The largest file that is read: no image is larger, and a CIFAR batch is half of it. */
  long MAX_BYTES = 64L << 20;

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

  /** A folder as it is, anything else as a tar, plain or gzipped. */
  static FileTree open(Path source) {
    return Files.isDirectory(source) ? new FolderTree(source) : new TarTree(source);
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

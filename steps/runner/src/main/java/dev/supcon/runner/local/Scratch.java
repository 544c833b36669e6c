package dev.supcon.runner.local;

import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import dev.supcon.runner.workspace.TemporaryFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * The folder of a run for what nobody needs after it. Beside it lies a lock file, whose lock the
 * system drops with the process: so the next run tells the dead from the living, and removes what
 * the dead left.
 *
 * <p>One run at a time in a process: a second would lose its lock with the first.
 */
final class Scratch implements AutoCloseable {
  private static final String LOCK = ".lock";

  private final TemporaryFolder folder;
  private final Path file;
  private final FileChannel lock;

  private Scratch(TemporaryFolder folder, Path file, FileChannel lock) {
    this.folder = folder;
    this.file = file;
    this.lock = lock;
  }

  /**
   * Removes the folders of dead runs and makes a new one.
   *
   * @param root of the folders of all runs
   * @throws StepFailure NO_SPACE when the root cannot be written
   */
  static Scratch open(Path root) {
    try {
      Files.createDirectories(root);
      // No run is born while another looks for the dead: its lock file would lie there unlocked.
      try (FileChannel gate = channel(root.resolve("gate"));
          FileLock alone = gate.lock()) {
        removeDead(root);
        return born(root);
      }
    } catch (IOException e) {
      throw new StepFailure(
          ExitCode.NO_SPACE, "Cannot write to " + root + ": " + e.getMessage() + ".", e);
    }
  }

  private static FileChannel channel(Path file) throws IOException {
    return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  private static void removeDead(Path root) throws IOException {
    try (DirectoryStream<Path> locks = Files.newDirectoryStream(root, "*" + LOCK)) {
      for (Path file : locks) {
        removeIfDead(file);
      }
    }
  }

  private static void removeIfDead(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      if (channel.tryLock() != null) {
        String name = file.getFileName().toString();
        Path folder = file.resolveSibling(name.substring(0, name.length() - LOCK.length()));
        new TemporaryFolder(folder).close();
        Files.deleteIfExists(file);
      }
    } catch (NoSuchFileException e) {
      // Its run has just ended.
    }
  }

  private static Scratch born(Path root) throws IOException {
    String id = UUID.randomUUID().toString();
    Path file = root.resolve(id + LOCK);
    FileChannel lock = channel(file);
    if (lock.tryLock() == null) {
      lock.close();
      throw new IOException(file + " is locked by somebody else");
    }
    return new Scratch(TemporaryFolder.make(root.resolve(id)), file, lock);
  }

  Path path() {
    return folder.path();
  }

  @Override
  public void close() {
    folder.close();
    try {
      Files.deleteIfExists(file);
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

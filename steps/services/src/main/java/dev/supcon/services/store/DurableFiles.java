package dev.supcon.services.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Writes that survive a power cut: write aside, fsync, rename, fsync the folder. */
final class DurableFiles {
  private static final String TEMP = ".tmp-";

  private DurableFiles() {}

  /** Whether this was written aside and not renamed yet. */
  static boolean isUnfinished(Path file) {
    return file.getFileName().toString().startsWith(TEMP);
  }

  /** A file beside {@code target} with these bytes, already on the disk. */
  static Path aside(Path target, byte[] bytes) throws IOException {
    Path temp = temp(target);
    try (FileChannel channel = FileChannel.open(temp, StandardOpenOption.WRITE)) {
      ByteBuffer rest = ByteBuffer.wrap(bytes);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      channel.force(true);
    } catch (IOException e) {
      Files.deleteIfExists(temp);
      throw e;
    }
    return temp;
  }

  /** The same with the bytes of another file. */
  static Path aside(Path target, Path source) throws IOException {
    Path temp = temp(target);
    try {
      Files.copy(source, temp, StandardCopyOption.REPLACE_EXISTING);
      sync(temp);
    } catch (IOException e) {
      Files.deleteIfExists(temp);
      throw e;
    }
    return temp;
  }

  /** Puts {@code temp} in the place of {@code target}, whatever was there. */
  static void rename(Path temp, Path target) throws IOException {
    Files.move(temp, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    sync(folderOf(target));
  }

  /** Forces a file's bytes, or a folder's names, to the disk. */
  static void sync(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  static void makeFolder(Path folder) throws IOException {
    Deque<Path> missing = new ArrayDeque<>();
    for (Path p = folder; p != null && !Files.isDirectory(p); p = p.getParent()) {
      missing.push(p);
    }
    Files.createDirectories(folder);
    for (Path made : missing) {
      sync(folderOf(made));
    }
  }

  /** Removes the files of a folder that are not kept, then the folders that hold nothing. */
  static void prune(Path folder, Predicate<Path> kept) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> below = Files.walk(folder)) {
      for (Path path : below.sorted(Comparator.reverseOrder()).toList()) {
        if (!kept.test(path) && !holdsSomething(path)) {
          Files.deleteIfExists(path);
        }
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static boolean holdsSomething(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      return false;
    }
    try (Stream<Path> entries = Files.list(path)) {
      return entries.findAny().isPresent();
    }
  }

  static Path folderOf(Path file) {
    Path parent = file.toAbsolutePath().getParent();
    return parent == null ? file : parent;
  }

  private static Path temp(Path target) throws IOException {
    makeFolder(folderOf(target));
    return Files.createTempFile(folderOf(target), TEMP, "");
  }
}

package dev.supcon.services.store;

import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A store whose objects are files: durable writes, {@code link(2)} for {@code If-None-Match}. */
public final class FolderStore implements ObjectStore {
  private static final String LOCK = ".lock";
  private static final long LOCK_WAIT_MILLIS = 5;

  private final Path root;

  /** The folder is made when it is not there. */
  public FolderStore(Path root) {
    this.root = root.toAbsolutePath().normalize();
    attempt(
        () -> {
          DurableFiles.makeFolder(this.root);
          return true;
        });
  }

  @Override
  public String location() {
    return root.toString();
  }

  @Override
  public Head put(String key, byte[] bytes) {
    Path target = file(key);
    return attempt(
        () -> {
          DurableFiles.rename(DurableFiles.aside(target, bytes), target);
          return headOf(target);
        });
  }

  @Override
  public Head put(String key, Path source) {
    Path target = file(key);
    return attempt(
        () -> {
          if (source.toAbsolutePath().normalize().equals(target)) {
            DurableFiles.sync(target);
            DurableFiles.sync(DurableFiles.folderOf(target));
          } else {
            DurableFiles.rename(DurableFiles.aside(target, source), target);
          }
          return headOf(target);
        });
  }

  @Override
  public boolean putIfAbsent(String key, byte[] bytes) {
    Path target = file(key);
    return attempt(
        () -> {
          Path temp = DurableFiles.aside(target, bytes);
          try {
            return link(temp, target);
          } finally {
            Files.deleteIfExists(temp);
          }
        });
  }

  private boolean link(Path temp, Path target) throws IOException {
    try {
      Files.createLink(target, temp);
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (UnsupportedOperationException e) {
      throw new StepFailure(
          ExitCode.CONFIGURATION,
          "The file system of " + root + " has no hard links; choose another folder as the store.",
          e);
    }
    DurableFiles.sync(DurableFiles.folderOf(target));
    return true;
  }

  @Override
  public boolean replaceIfMatch(String key, String etag, byte[] bytes) {
    Path target = file(key);
    return attempt(
        () -> {
          try (FileChannel channel = lockFile();
              FileLock lock = lock(channel)) {
            if (!lock.isValid() || !Files.exists(target) || !headOf(target).etag().equals(etag)) {
              return false;
            }
            DurableFiles.rename(DurableFiles.aside(target, bytes), target);
            return true;
          }
        });
  }

  private FileChannel lockFile() throws IOException {
    return FileChannel.open(
        root.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  /** Between processes the operating system queues us; within this one Java refuses instead. */
  private static FileLock lock(FileChannel channel) throws IOException {
    while (true) {
      try {
        return channel.lock();
      } catch (OverlappingFileLockException e) {
        pause();
      }
    }
  }

  private static void pause() throws IOException {
    try {
      TimeUnit.MILLISECONDS.sleep(LOCK_WAIT_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for the store's lock", e);
    }
  }

  @Override
  public Optional<Head> head(String key) {
    Path file = file(key);
    return ifThere(() -> headOf(file));
  }

  /** A file that is replaced meanwhile is read again, so that bytes and ETag belong together. */
  @Override
  public Optional<Content> read(String key, int limit) {
    Path file = file(key);
    return ifThere(
        () -> {
          while (true) {
            Head before = headOf(file);
            byte[] bytes;
            try (InputStream in = Files.newInputStream(file)) {
              bytes = in.readNBytes(limit);
            }
            if (headOf(file).equals(before)) {
              return new Content(bytes, before.etag());
            }
          }
        });
  }

  @Override
  public Optional<InputStream> open(String key) {
    Path file = file(key);
    return ifThere(
        () -> new StoreStream(Files.newInputStream(file), e -> FolderFailures.of(root, e)));
  }

  @Override
  public List<String> list(String prefix) {
    Path folder = root.resolve(prefix.substring(0, prefix.lastIndexOf('/') + 1));
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    return attempt(() -> filesBelow(folder)).stream()
        .filter(file -> !DurableFiles.isUnfinished(file))
        .map(file -> root.relativize(file).toString())
        .filter(key -> key.startsWith(prefix) && !key.equals(LOCK))
        .sorted()
        .toList();
  }

  private static List<Path> filesBelow(Path folder) throws IOException {
    List<Path> files = new ArrayList<>();
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile()) {
              files.add(file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) { // removed by another process meanwhile
              return FileVisitResult.CONTINUE;
            }
            throw e;
          }
        });
    return files;
  }

  @Override
  public void delete(String key) {
    Path file = file(key);
    attempt(() -> Files.deleteIfExists(file));
  }

  @Override
  public void prune(String prefix, Predicate<String> kept) {
    Path folder = file(prefix.substring(0, prefix.length() - 1));
    attempt(
        () -> {
          DurableFiles.prune(folder, path -> kept.test(root.relativize(path).toString()));
          return true;
        });
  }

  @Override
  public Optional<Path> localPath(String key) {
    return Optional.of(file(key));
  }

  @Override
  public void close() {}

  private Path file(String key) {
    return root.resolve(ObjectKeys.checked(key));
  }

  // Time of writing and inode: two versions of a file differ at least in one of them, because a
  // version is a new file renamed into place. Reading the content for it would make HEAD dear.
  private static Head headOf(Path file) throws IOException {
    BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
    if (!found.isRegularFile()) {
      throw new NoSuchFileException(file.toString());
    }
    long nanos = found.lastModifiedTime().to(TimeUnit.NANOSECONDS);
    String inode = Objects.toString(found.fileKey(), "").replaceAll(".*ino=|\\)", "");
    return new Head(found.size(), Long.toHexString(nanos) + "-" + inode);
  }

  private <T> Optional<T> ifThere(Disk<T> action) {
    return attempt(
        () -> {
          try {
            return Optional.of(action.run());
          } catch (NoSuchFileException e) {
            return Optional.empty();
          } catch (FileSystemException e) {
            if ("Not a directory".equals(e.getReason())) {
              return Optional.empty();
            }
            throw e;
          }
        });
  }

  private <T> T attempt(Disk<T> action) {
    try {
      return action.run();
    } catch (IOException e) {
      throw FolderFailures.of(root, e);
    }
  }

  private interface Disk<T> {
    T run() throws IOException;
  }
}

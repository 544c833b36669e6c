package dev.supcon.runner.pretrain;

import dev.supcon.runner.workspace.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongPredicate;
import java.util.stream.Stream;

/** A workspace in a folder; asks to stop when it is told to. */
final class FolderWorkspace implements Workspace {
  private final Path data;
  private final Path root;
  private final LongPredicate stop;
  private final Map<String, TreeMap<Long, Double>> curves = new ConcurrentHashMap<>();
  private long questions;

  /**
   * @param stop is asked with the number of the question, from 0
   */
  FolderWorkspace(Path data, Path root, LongPredicate stop) {
    this.data = data;
    this.root = root;
    this.stop = stop;
    try {
      Files.createDirectories(root.resolve("checkpoints"));
      Files.createDirectories(output());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Path input(String role) {
    return data;
  }

  @Override
  public Path output() {
    return root.resolve("output");
  }

  @Override
  public Path scratch() {
    return root.resolve("scratch");
  }

  @Override
  public void progress(double fraction, String doing) {}

  @Override
  public void metric(String name, long step, double value) {
    curves.computeIfAbsent(name, key -> new TreeMap<>()).put(step, value);
  }

  @Override
  public boolean stopRequested() {
    return stop.test(questions++);
  }

  @Override
  public Optional<Checkpoint> newestCheckpoint() {
    try (Stream<Path> folders = Files.list(root.resolve("checkpoints"))) {
      return folders
          .map(folder -> new Checkpoint(Long.parseLong(folder.getFileName().toString()), folder))
          .max(Comparator.comparingLong(Checkpoint::number));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void commitCheckpoint(long number, Path files) {
    Path target = root.resolve("checkpoints").resolve(Long.toString(number));
    try (Stream<Path> all = Files.list(files)) {
      Files.createDirectory(target);
      for (Path file : all.toList()) {
        Files.copy(file, target.resolve(file.getFileName()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The points of a curve, in the order of their steps. */
  SortedMap<Long, Double> curve(String name) {
    return curves.getOrDefault(name, new TreeMap<>());
  }
}

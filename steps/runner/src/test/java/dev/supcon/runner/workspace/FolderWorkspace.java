package dev.supcon.runner.workspace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import java.util.stream.Stream;

/** A workspace in a folder, its inputs by their roles; asks to stop when it is told to. */
public final class FolderWorkspace implements Workspace {
  private final Path root;
  private final LongPredicate stop;
  private final Map<String, TreeMap<Long, Double>> curves = new TreeMap<>();
  private final List<String> said = new ArrayList<>();
  private long questions;

  /** Never asks to stop. */
  public FolderWorkspace(Path root) {
    this(root, question -> false);
  }

  /**
   * @param stop is asked with the number of the question, from 0
   */
  public FolderWorkspace(Path root, LongPredicate stop) {
    this.root = root;
    this.stop = stop;
    TemporaryFolder.make(output());
    TemporaryFolder.make(checkpoints());
  }

  private Path checkpoints() {
    return root.resolve("checkpoints");
  }

  @Override
  public Path input(String role) {
    return root.resolve(role);
  }

  @Override
  public Path output() {
    return root.resolve("output");
  }

  /** What the step said it was at, in order. */
  public List<String> said() {
    return said;
  }

  @Override
  public Path scratch() {
    return root.resolve("scratch");
  }

  @Override
  public void progress(double fraction, String doing) {
    said.add(doing);
  }

  /** The points of a curve, in the order of their steps. */
  public SortedMap<Long, Double> curve(String name) {
    return curves.getOrDefault(name, new TreeMap<>());
  }

  @Override
  public void metric(String name, long step, double value) {
    curves.computeIfAbsent(name, key -> new TreeMap<>()).put(step, value);
  }

  /** How often the step asked whether to stop. */
  public long questions() {
    return questions;
  }

  @Override
  public boolean stopRequested() {
    return stop.test(questions++);
  }

  @Override
  public Optional<Checkpoint> newestCheckpoint() {
    try (Stream<Path> folders = Files.list(checkpoints())) {
      return folders
          .map(folder -> new Checkpoint(Long.parseLong(folder.getFileName().toString()), folder))
          .max(Comparator.comparingLong(Checkpoint::number));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public boolean commitCheckpoint(long number, Consumer<Path> writer) {
    writer.accept(TemporaryFolder.make(checkpoints().resolve(Long.toString(number))).path());
    return true;
  }

  @Override
  public void retainCheckpoints(int last, LongPredicate also) {
    checkpointNumbers().stream()
        .sorted(Comparator.reverseOrder())
        .skip(last)
        .filter(number -> !also.test(number))
        .forEach(number -> new TemporaryFolder(checkpoints().resolve(number.toString())).close());
  }

  /** Numbers of the checkpoints that are there, oldest first. */
  public List<Long> checkpointNumbers() {
    try (Stream<Path> folders = Files.list(checkpoints())) {
      return folders
          .map(folder -> Long.parseLong(folder.getFileName().toString()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

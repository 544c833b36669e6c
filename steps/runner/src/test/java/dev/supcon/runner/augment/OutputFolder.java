package dev.supcon.runner.augment;

import dev.supcon.runner.workspace.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The workspace of a step that has an output and nothing else. */
final class OutputFolder implements Workspace {
  private final Path output;
  private final List<String> said = new ArrayList<>();

  OutputFolder(Path output) {
    try {
      this.output = Files.createDirectories(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the step said it was at, in order. */
  List<String> said() {
    return said;
  }

  @Override
  public Path input(String role) {
    throw new IllegalStateException("an augment step has no input " + role);
  }

  @Override
  public Path output() {
    return output;
  }

  @Override
  public Path scratch() {
    return output.resolveSibling("scratch");
  }

  @Override
  public void progress(double fraction, String doing) {
    said.add(doing);
  }

  @Override
  public void metric(String name, long step, double value) {
    throw new IllegalStateException("an augment step has no curve " + name);
  }

  @Override
  public boolean stopRequested() {
    return false;
  }

  @Override
  public Optional<Checkpoint> newestCheckpoint() {
    return Optional.empty();
  }

  @Override
  public void commitCheckpoint(long number, Path files) {
    throw new IllegalStateException("an augment step has no checkpoint " + number);
  }
}

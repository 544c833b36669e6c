package dev.supcon.runner.corruption;

import dev.supcon.runner.workspace.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A workspace in a folder that asks to stop once, after some cells. */
final class FolderWorkspace implements Workspace {
  private final Path root;
  private final List<Checkpoint> checkpoints = new ArrayList<>();
  private int questionsUntilStop;

  FolderWorkspace(Path root, int questionsUntilStop) {
    this.root = root;
    this.questionsUntilStop = questionsUntilStop;
  }

  @Override
  public Path input(String role) {
    return root.resolve(role);
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
  public void metric(String name, long step, double value) {}

  @Override
  public boolean stopRequested() {
    return questionsUntilStop-- == 0;
  }

  @Override
  public Optional<Checkpoint> newestCheckpoint() {
    return checkpoints.stream().reduce((older, newer) -> newer);
  }

  @Override
  public void commitCheckpoint(long number, Path files) {
    Path kept = root.resolve("checkpoint-" + number);
    try {
      Files.createDirectories(kept);
      Files.copy(files.resolve(ErrorTable.FILE), kept.resolve(ErrorTable.FILE));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    checkpoints.add(new Checkpoint(number, kept));
  }
}

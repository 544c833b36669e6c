package dev.supcon.runner.train;

import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import dev.supcon.runner.checkpoint.TrainingState;
import dev.supcon.runner.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The checkpoints of one run: the newest is found, new ones are committed. */
final class Checkpoints {
  private final Workspace workspace;
  private final String fingerprint;
  private final List<String> profiles = new ArrayList<>();
  private long newest = -1;

  /**
   * @param fingerprint of everything that determines the run
   */
  Checkpoints(Workspace workspace, String fingerprint) {
    this.workspace = workspace;
    this.fingerprint = fingerprint;
  }

  /**
   * The state to go on from.
   *
   * @throws StepFailure when there is a checkpoint that is damaged or of another run
   */
  Optional<TrainingState> newest() {
    Optional<Workspace.Checkpoint> found = workspace.newestCheckpoint();
    Optional<TrainingState> state =
        found.map(checkpoint -> TrainingState.load(checkpoint.files(), fingerprint));
    found.ifPresent(checkpoint -> newest = checkpoint.number());
    state.ifPresent(read -> profiles.addAll(read.profiles()));
    String here = NumericProfile.here().text();
    if (!profiles.contains(here)) {
      profiles.add(here);
    }
    return state;
  }

  /** Commits what the learner and the log hold at a position, unless it is committed already. */
  void commit(TrainingState.Position position, Learner learner, TrainingLog log) {
    if (position.step() == newest) {
      return;
    }
    TrainingState state =
        new TrainingState(fingerprint, profiles, position, log.save(), learner.tensors());
    try {
      Path folder = Files.createTempDirectory("checkpoint-");
      try {
        state.save(folder);
        workspace.commitCheckpoint(position.step(), folder);
      } finally {
        remove(folder);
      }
    } catch (IOException e) {
      throw new StepFailure(
          ExitCode.NO_SPACE, "no room for a checkpoint's files: " + e.getMessage(), e);
    }
    newest = position.step();
  }

  /** Numeric profiles of all attempts, each once. */
  List<String> profiles() {
    return List.copyOf(profiles);
  }

  private static void remove(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}

package dev.supcon.runner.train;

import dev.supcon.runner.checkpoint.TrainingState;
import dev.supcon.runner.workspace.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
   * @throws dev.supcon.contract.step.StepFailure when there is a checkpoint that is damaged or of
   *     another run
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
    if (workspace.commitCheckpoint(position.step(), state::save)) {
      newest = position.step();
    }
  }

  /** Numeric profiles of all attempts, each once. */
  List<String> profiles() {
    return List.copyOf(profiles);
  }
}

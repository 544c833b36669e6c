package dev.supcon.runner.train;

import dev.supcon.runner.checkpoint.TrainingState;
import dev.supcon.runner.checkpoint.TrainingState.Position;
import dev.supcon.runner.workspace.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The checkpoints of one run: the newest is found, new ones are committed, and those that need not
 * stay go.
 */
final class Checkpoints {
  private static final String BEST_STEP = "checkpoint.best.step";
  private static final String BEST_SCORE = "checkpoint.best.score";

  private final Workspace workspace;
  private final String fingerprint;
  private final Retention retention;
  private final int batchesPerEpoch;
  private final List<String> profiles = new ArrayList<>();
  private Optional<BestCheckpoint> best = Optional.empty();
  private long newest = -1;

  /**
   * @param fingerprint of everything that determines the run
   */
  Checkpoints(Workspace workspace, String fingerprint, Retention retention, int batchesPerEpoch) {
    this.workspace = workspace;
    this.fingerprint = fingerprint;
    this.retention = retention;
    this.batchesPerEpoch = batchesPerEpoch;
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
    best = state.flatMap(read -> best(read.monitor()));
    String here = NumericProfile.here().text();
    if (!profiles.contains(here)) {
      profiles.add(here);
    }
    return state;
  }

  private static Optional<BestCheckpoint> best(Map<String, Double> monitor) {
    Double step = monitor.get(BEST_STEP);
    Double score = monitor.get(BEST_SCORE);
    return step == null || score == null
        ? Optional.empty()
        : Optional.of(new BestCheckpoint(step.longValue(), score));
  }

  /** Whether the state at the end of an epoch, counted from 1, has to be committed. */
  boolean wants(int epoch) {
    return retention.keepsEpoch(epoch);
  }

  /** Whether a state has to be committed for its score: it is to be kept, and none was higher. */
  boolean wants(Position position, double score) {
    boolean wanted = retention.best() && best.map(BestCheckpoint::score).orElse(-1.0) < score;
    if (wanted) {
      best = Optional.of(new BestCheckpoint(position.step(), score));
    }
    return wanted;
  }

  /**
   * Commits what the learner and the log hold at a position, unless it is committed already.
   *
   * @return whether it was committed now
   */
  boolean commit(Position position, Learner learner, TrainingLog log) {
    boolean committed = position.step() != newest && write(position, learner, log);
    if (position.step() == newest) {
      workspace.retainCheckpoints(retention.last(), this::stays);
    }
    return committed;
  }

  private boolean write(Position position, Learner learner, TrainingLog log) {
    Map<String, Double> monitor = log.save();
    best.ifPresent(
        known -> {
          monitor.put(BEST_STEP, (double) known.step());
          monitor.put(BEST_SCORE, known.score());
        });
    TrainingState state =
        new TrainingState(fingerprint, profiles, position, monitor, learner.tensors());
    boolean committed = workspace.commitCheckpoint(position.step(), state::save);
    if (committed) {
      newest = position.step();
    }
    return committed;
  }

  private boolean stays(long step) {
    boolean endsEpoch = step % batchesPerEpoch == 0;
    return best.filter(known -> known.step() == step).isPresent()
        || (endsEpoch && retention.keepsEpoch(Math.toIntExact(step / batchesPerEpoch)));
  }

  /** The one with the highest score, where that is kept. */
  Optional<BestCheckpoint> best() {
    return best;
  }

  /** Numeric profiles of all attempts, each once. */
  List<String> profiles() {
    return List.copyOf(profiles);
  }
}

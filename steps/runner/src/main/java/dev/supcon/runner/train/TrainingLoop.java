package dev.supcon.runner.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import dev.supcon.runner.checkpoint.TrainingState;
import dev.supcon.runner.checkpoint.TrainingState.Position;
import dev.supcon.runner.optim.Schedule;
import dev.supcon.runner.torchscript.Tensors;
import dev.supcon.runner.torchscript.TorchEngine;
import dev.supcon.runner.view.ViewBatch;
import dev.supcon.runner.view.ViewLoader;
import dev.supcon.runner.workspace.Workspace;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The one training loop. It can be stopped after any step and goes on with the same bits: order,
 * views and learning rate follow from the position, all else is in the checkpoint.
 */
public final class TrainingLoop {
  private final Course course;
  private final Learner learner;
  private final Schedule schedule;
  private final Keeping keeping;
  private final Checkpoints checkpoints;
  private final NonFiniteBatches nonFinite;
  private final TrainingLog log;
  private Position position = new Position(0, 0, 0, 0);
  private double earlierSeconds;
  private long began;
  private long kept;
  private Duration interval;

  /**
   * How the run is kept.
   *
   * @param fingerprint of everything that determines the run; a checkpoint of another is refused
   * @param nonFiniteBatches how many in a row are passed over
   * @param interval between checkpoints, by the clock
   * @param retention which of them stay
   */
  public record Keeping(
      Workspace workspace,
      String fingerprint,
      int nonFiniteBatches,
      CheckpointInterval interval,
      Retention retention,
      InstantSource clock) {}

  public TrainingLoop(Course course, Learner learner, Schedule schedule, Keeping keeping) {
    this.course = course;
    this.learner = learner;
    this.schedule = schedule;
    this.keeping = keeping;
    this.checkpoints =
        new Checkpoints(
            keeping.workspace(),
            keeping.fingerprint(),
            keeping.retention(),
            course.batchesPerEpoch());
    this.interval = keeping.interval().first();
    double indifferent = learner.pass().indifferent(course.batchSize());
    this.nonFinite = new NonFiniteBatches(keeping.nonFiniteBatches());
    this.log =
        new TrainingLog(course, indifferent, nonFinite, keeping.workspace(), keeping.clock());
  }

  /**
   * Trains from the newest checkpoint, or from the start, to the course's end. The learner then
   * holds the result, and a checkpoint of it is committed.
   *
   * @throws StepFailure RESUME when the workspace asked to stop, DIVERGED when too many batches in
   *     a row are not finite
   */
  public Outcome run(EpochEnd epochEnd) {
    began = keeping.clock().millis();
    kept = began;
    checkpoints.newest().ifPresent(this::restore);
    if (position.step() > 0 && position.batch() == 0) {
      epochIsOver(epochEnd); // The stop may have cut it short.
    }
    try (NDManager manager = TorchEngine.newManager();
        Mixer mixer = new Mixer(manager)) {
      while (position.epoch() < course.lastEpoch()) {
        epoch(manager, mixer);
        epochIsOver(epochEnd);
      }
    }
    return new Outcome(
        position,
        checkpoints.profiles(),
        checkpoints.best(),
        log.counts(),
        position.step() - nonFinite.all(),
        log.viewsPerSecond(),
        log.warning());
  }

  /** What is left of the epoch that the position lies in. */
  private void epoch(NDManager manager, Mixer mixer) {
    int epoch = position.epoch();
    try (ViewLoader batches = course.batches(position)) {
      while (position.epoch() == epoch) {
        keepOrStop();
        double rate = schedule.at(position.step());
        long start = keeping.clock().millis();
        Learner.Lesson lesson = learn(manager, mixer, batches.next(), rate);
        nonFinite.see(lesson, position, rate);
        long end = keeping.clock().millis();
        position = course.after(position, secondsUntil(end));
        log.step(position, lesson, rate, (end - start) / 1000.0);
      }
    }
  }

  /** One step, whose arrays are freed at its end. */
  private Learner.Lesson learn(
      NDManager manager, Mixer mixer, ViewBatch batch, double learningRate) {
    long side = course.split().side();
    try (NDManager step = manager.newSubManager()) {
      NDArray pixels = Tensors.bytes(step, batch.pixels(), course.rows(), side, side, 3);
      Optional<Mixture> mixture = course.mixture(position);
      return mixture.isEmpty()
          ? learner.learn(pixels, batch.labels(), learningRate)
          : learner.learn(
              mixer.images(pixels, mixture.get()),
              Mixer.targets(batch.labels(), mixture.get()),
              learningRate);
    }
  }

  private void epochIsOver(EpochEnd epochEnd) {
    boolean last = position.epoch() == course.lastEpoch();
    if (last || checkpoints.wants(position.epoch())) {
      keep();
    }
    OptionalDouble score = epochEnd.after(position.epoch(), position.step(), last);
    if (score.isPresent() && checkpoints.wants(position, score.getAsDouble())) {
      keep();
    }
    keepOrStop();
  }

  private void keepOrStop() {
    if (keeping.workspace().stopRequested()) {
      keep();
      throw new StepFailure(
          ExitCode.RESUME,
          "stopped after step %d of %d; start it again to go on"
              .formatted(position.step(), course.steps()));
    }
    if (keeping.clock().millis() - kept >= interval.toMillis()) {
      keep();
    }
  }

  private void keep() {
    long start = keeping.clock().millis();
    boolean committed = checkpoints.commit(position, learner, log);
    kept = keeping.clock().millis();
    if (committed) {
      interval = keeping.interval().after(Duration.ofMillis(kept - start));
    }
  }

  private void restore(TrainingState state) {
    position = state.position();
    earlierSeconds = position.seconds();
    if (position.epoch() > course.lastEpoch()) {
      throw new StepFailure(
          ExitCode.CONFIGURATION,
          "the checkpoint is of epoch %d, but training was to stop after epoch %d; write a larger"
                  .formatted(position.epoch(), course.lastEpoch())
              + " stopAfterEpoch");
    }
    learner.restore(state.tensors());
    log.load(state.monitor());
  }

  private double secondsUntil(long now) {
    return earlierSeconds + (now - began) / 1000.0;
  }

  /**
   * How training ended.
   *
   * @param end the position behind the last step
   * @param profiles numeric profiles of all attempts; one means that the bits are those of a run
   *     that was never stopped
   * @param best the checkpoint with the highest score, where that is kept
   * @param counts of batches that were not like the others, by the names of metrics
   * @param updates steps that changed the network
   * @param viewsPerSecond mean of this attempt, loading included
   * @param warning a sentence when the loss never moved
   */
  public record Outcome(
      Position end,
      List<String> profiles,
      Optional<BestCheckpoint> best,
      Map<String, Double> counts,
      long updates,
      double viewsPerSecond,
      Optional<String> warning) {}
}

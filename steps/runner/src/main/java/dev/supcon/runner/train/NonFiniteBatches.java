package dev.supcon.runner.train;

import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import dev.supcon.runner.checkpoint.TrainingState.Position;
import java.util.Locale;
import java.util.Map;

/**
 * Batches whose loss or gradients are not finite: one by itself, such as an overflow, is passed
 * over; many in a row are a run that diverged.
 */
final class NonFiniteBatches {
  private final int allowed;
  private final Tally inARow = new Tally("nonFiniteBatches.inARow");
  private final Tally all = new Tally("nonFiniteBatches.all");

  /**
   * @param allowed how many in a row are passed over; one more ends the run
   */
  NonFiniteBatches(int allowed) {
    this.allowed = allowed;
  }

  /**
   * A batch was tried.
   *
   * @param at the position before it
   * @throws StepFailure DIVERGED when it is one too many
   */
  void see(Learner.Lesson lesson, Position at, double learningRate) {
    if (lesson.finite()) {
      inARow.clear();
      return;
    }
    inARow.add();
    all.add();
    if (inARow.count() > allowed) {
      throw new StepFailure(
          ExitCode.DIVERGED,
          String.format(
              Locale.ROOT,
              "%s in step %d (epoch %d) at a learning rate of %.4g%s; write a smaller"
                  + " pretrain.optimizer.learningRate or a longer pretrain.warmupEpochs",
              word(lesson),
              at.step() + 1,
              at.epoch() + 1,
              learningRate,
              allowed == 0
                  ? ""
                  : String.format(Locale.ROOT, ", and %d times in a row", inARow.count())));
    }
  }

  private static String word(Learner.Lesson lesson) {
    return Double.isFinite(lesson.loss())
        ? "the norm of the gradients is " + lesson.gradientNorm()
        : "the loss is " + lesson.loss();
  }

  /** How many there were since the run began. */
  long all() {
    return all.count();
  }

  void save(Map<String, Double> monitor) {
    inARow.save(monitor);
    all.save(monitor);
  }

  void load(Map<String, Double> monitor) {
    inARow.load(monitor);
    all.load(monitor);
  }
}

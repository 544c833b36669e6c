package dev.supcon.runner.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import dev.supcon.runner.checkpoint.TrainingState.Position;
import dev.supcon.runner.loss.BatchLoss;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class NonFiniteBatchesTest {
  private static final Learner.Lesson FINE =
      new Learner.Lesson(new BatchLoss.Single(1.5), 0.1, true);
  private static final Learner.Lesson NO_LOSS =
      new Learner.Lesson(new BatchLoss.Single(Double.NaN), Double.NaN, true);
  private static final Learner.Lesson NO_GRADIENT =
      new Learner.Lesson(new BatchLoss.Single(1.5), Double.POSITIVE_INFINITY, true);
  private static final Position AT = new Position(41, 3, 5, 60);

  @Test
  void noneIsPassedOverWhereNoneIsAllowed() {
    NonFiniteBatches batches = new NonFiniteBatches(0);
    batches.see(FINE, AT, 0.5);

    assertThatThrownBy(() -> batches.see(NO_LOSS, AT, 0.5))
        .isInstanceOfSatisfying(
            StepFailure.class,
            failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.DIVERGED))
        .hasMessage(
            "the loss is NaN in step 42 (epoch 4) at a learning rate of 0.5000; write a smaller"
                + " pretrain.optimizer.learningRate or a longer pretrain.warmupEpochs");
  }

  @Test
  void aFiniteOneBeginsTheRowAnewAndAllAreCounted() {
    NonFiniteBatches batches = new NonFiniteBatches(2);
    for (int i = 0; i < 3; i++) {
      batches.see(NO_LOSS, AT, 0.5);
      batches.see(NO_GRADIENT, AT, 0.5);
      batches.see(FINE, AT, 0.5);
    }
    assertThat(batches.all()).isEqualTo(6);
  }

  @Test
  void theRowGoesOnBehindACheckpoint() {
    NonFiniteBatches before = new NonFiniteBatches(2);
    before.see(NO_LOSS, AT, 0.5);
    before.see(NO_LOSS, AT, 0.5);
    Map<String, Double> monitor = new TreeMap<>();
    before.save(monitor);
    NonFiniteBatches after = new NonFiniteBatches(2);
    after.load(monitor);

    assertThatThrownBy(() -> after.see(NO_GRADIENT, AT, 0.5))
        .hasMessageStartingWith(
            "the norm of the gradients is Infinity in step 42 (epoch 4) at a learning rate of"
                + " 0.5000, and 3 times in a row;");
    assertThat(after.all()).isEqualTo(3);
  }
}

package dev.supcon.runner.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.supcon.contract.spec.LossScale;
import dev.supcon.contract.spec.LossSpec;
import dev.supcon.contract.spec.LossType;
import dev.supcon.contract.spec.OptimizerSpec;
import dev.supcon.runner.data.CounterRandom;
import dev.supcon.runner.optim.Update;
import dev.supcon.runner.torchscript.Tensors;
import dev.supcon.runner.torchscript.TorchEngine;
import dev.supcon.runner.train.Learner;
import dev.supcon.runner.train.TrainingMethod;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.Optional;

/** The training loop's step on a batch of noise that stays the same, two views of each image. */
final class TrainStep implements Runnable, AutoCloseable {
  private static final int SMALL = 4; // rows
  private static final int CLASSES = 10;
  private static final double LEARNING_RATE = 0.05;
  static final OptimizerSpec SGD = OptimizerSpec.sgd(LEARNING_RATE, 0.9, 1e-4);

  private final int views;
  private final int side;
  private final ByteBuffer pixels; // uint8 [M, S, S, 3]
  private final int[] labels; // [B]
  private final NDManager manager = TorchEngine.newManager();
  private final Learner learner;

  TrainStep(Workload workload) {
    this(workload, SGD, Optional.empty());
  }

  /**
   * @param chunkSize images that are in memory at once, where it is not the batch
   */
  TrainStep(Workload workload, OptimizerSpec optimizer, Optional<Integer> chunkSize) {
    views = workload.views();
    side = workload.side();
    pixels = Tensors.alignedBuffer(views * side * side * 3);
    for (int i = 0; i < pixels.capacity(); i++) {
      pixels.put(i, (byte) CounterRandom.bits(1, i));
    }
    labels = new int[views / 2];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = CounterRandom.below(2, i, CLASSES);
    }
    LossSpec loss = LossSpec.with(LossType.SUP_CON, 0.1, LossScale.TAU_OVER_BASE);
    Update update = new Update(optimizer, Optional.empty());
    TrainingMethod method =
        new TrainingMethod(
            loss,
            Collections.nCopies(CLASSES, 1),
            update,
            TorchEngine.devices(1),
            chunkSize,
            Optional.empty());
    learner = Learner.create(workload.network(), 0, method, manager);
  }

  @Override
  public void run() {
    learn(views);
  }

  /** A step with a few of the rows. */
  void small() {
    learn(SMALL);
  }

  private void learn(int rows) {
    try (NDManager step = manager.newSubManager()) {
      ByteBuffer some = pixels.slice(0, rows * side * side * 3);
      NDArray images = Tensors.bytes(step, some, rows, side, side, 3);
      learner.learn(images, Arrays.copyOf(labels, rows / 2), LEARNING_RATE);
    }
  }

  /** The update alone, by the gradients that the last step left: zeros. */
  void update() {
    learner.optimizer().step(LEARNING_RATE);
  }

  @Override
  public void close() {
    learner.close();
    manager.close();
  }
}

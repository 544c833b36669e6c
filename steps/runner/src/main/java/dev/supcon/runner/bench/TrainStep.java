package dev.supcon.runner.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.supcon.contract.spec.LossScale;
import dev.supcon.contract.spec.LossSpec;
import dev.supcon.contract.spec.LossType;
import dev.supcon.contract.spec.OptimizerSpec;
import dev.supcon.runner.data.CounterRandom;
import dev.supcon.runner.network.NetworkSpec;
import dev.supcon.runner.optim.Update;
import dev.supcon.runner.torchscript.Tensors;
import dev.supcon.runner.torchscript.TorchEngine;
import dev.supcon.runner.train.Learner;
import dev.supcon.runner.train.TrainingMethod;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.Optional;

/** The training loop's step on a batch of noise that stays the same, two views of each image. */
final class TrainStep implements Runnable, AutoCloseable {
  private static final int SIDE = 32;
  private static final int CLASSES = 10;
  private static final double LEARNING_RATE = 0.05;

  private final int views;
  private final ByteBuffer pixels; // uint8 [M, S, S, 3]
  private final int[] labels; // [B]
  private final NDManager manager = TorchEngine.newManager();
  private final Learner learner;

  TrainStep(NetworkSpec spec, int views) {
    this(spec, views, Optional.empty());
  }

  /**
   * @param chunkSize images that are in memory at once, where it is not the batch
   */
  TrainStep(NetworkSpec spec, int views, Optional<Integer> chunkSize) {
    this.views = views;
    pixels = Tensors.alignedBuffer(views * SIDE * SIDE * 3);
    for (int i = 0; i < pixels.capacity(); i++) {
      pixels.put(i, (byte) CounterRandom.bits(1, i));
    }
    labels = new int[views / 2];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = CounterRandom.below(2, i, CLASSES);
    }
    LossSpec loss = LossSpec.with(LossType.SUP_CON, 0.1, LossScale.TAU_OVER_BASE);
    Update update = new Update(OptimizerSpec.sgd(LEARNING_RATE, 0.9, 1e-4), Optional.empty());
    TrainingMethod method =
        new TrainingMethod(
            loss,
            Collections.nCopies(CLASSES, 1),
            update,
            TorchEngine.devices(1),
            chunkSize,
            Optional.empty());
    learner = Learner.create(spec, 0, method, manager);
  }

  @Override
  public void run() {
    try (NDManager step = manager.newSubManager()) {
      NDArray images = Tensors.bytes(step, pixels, views, SIDE, SIDE, 3);
      learner.learn(images, labels, LEARNING_RATE);
    }
  }

  @Override
  public void close() {
    learner.close();
    manager.close();
  }
}

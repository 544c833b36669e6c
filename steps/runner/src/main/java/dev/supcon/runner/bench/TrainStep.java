package dev.supcon.runner.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.supcon.contract.spec.LossScale;
import dev.supcon.contract.spec.LossSpec;
import dev.supcon.contract.spec.LossType;
import dev.supcon.contract.spec.OptimizerSpec;
import dev.supcon.runner.data.CounterRandom;
import dev.supcon.runner.loss.LossGradient;
import dev.supcon.runner.loss.SupConLoss;
import dev.supcon.runner.network.Network;
import dev.supcon.runner.network.NetworkSpec;
import dev.supcon.runner.optim.Sgd;
import dev.supcon.runner.torchscript.Tensors;
import dev.supcon.runner.torchscript.TorchEngine;
import java.nio.ByteBuffer;
import java.util.List;

/** The training loop's step on a batch of noise that stays the same, two views of each image. */
final class TrainStep implements Runnable, AutoCloseable {
  private static final int SIDE = 32;
  private static final int CLASSES = 10;
  private static final double LEARNING_RATE = 0.05;

  private final ByteBuffer pixels; // uint8 [M, S, S, 3]
  private final int[] labels; // [M]
  private final NDManager manager = TorchEngine.newManager();
  private final SupConLoss loss =
      new SupConLoss(new LossSpec(LossType.SUP_CON, 0.1, LossScale.TAU_OVER_BASE));
  private final Network network;
  private final Sgd sgd;

  TrainStep(NetworkSpec spec, int views) {
    pixels = Tensors.alignedBuffer(views * SIDE * SIDE * 3);
    for (int i = 0; i < pixels.capacity(); i++) {
      pixels.put(i, (byte) CounterRandom.bits(1, i));
    }
    labels = new int[views];
    for (int i = 0; i < views; i++) {
      labels[i] = CounterRandom.below(2, i % (views / 2), CLASSES);
    }
    network = Network.create(spec, 0, manager);
    List<NDArray> parameters = network.parameters().stream().map(Network.Tensor::value).toList();
    sgd = new Sgd(new OptimizerSpec(LEARNING_RATE, 0.9, 1e-4), parameters, manager);
  }

  @Override
  public void run() {
    try (NDManager step = manager.newSubManager()) {
      NDArray images = Tensors.bytes(step, pixels, labels.length, SIDE, SIDE, 3);
      NDArray embeddings = network.forward(images); // [M, D]
      LossGradient found = loss.of(embeddings, labels);
      network.backward(embeddings, found.gradient());
      sgd.step(LEARNING_RATE);
    }
  }

  @Override
  public void close() {
    sgd.close();
    network.close();
    loss.close();
    manager.close();
  }
}

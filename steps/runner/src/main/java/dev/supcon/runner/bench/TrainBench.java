package dev.supcon.runner.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.supcon.contract.spec.Architecture;
import dev.supcon.contract.spec.EncoderSpec;
import dev.supcon.contract.spec.LossScale;
import dev.supcon.contract.spec.LossSpec;
import dev.supcon.contract.spec.LossType;
import dev.supcon.contract.spec.OptimizerSpec;
import dev.supcon.contract.spec.Precision;
import dev.supcon.contract.spec.ProjectionSpec;
import dev.supcon.contract.spec.Stem;
import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import dev.supcon.runner.data.CounterRandom;
import dev.supcon.runner.loss.LossGradient;
import dev.supcon.runner.loss.SupConLoss;
import dev.supcon.runner.network.Head;
import dev.supcon.runner.network.Network;
import dev.supcon.runner.network.NetworkSpec;
import dev.supcon.runner.optim.Sgd;
import dev.supcon.runner.torchscript.Tensors;
import dev.supcon.runner.torchscript.TorchEngine;
import java.nio.ByteBuffer;
import java.util.List;

/** One optimisation step of a ResNet-18 for CIFAR: forward, loss, backward, SGD. */
final class TrainBench implements AutoCloseable {
  private static final int VIEWS = 256;
  private static final int SIDE = 32;
  private static final int CLASSES = 10;
  private static final int WARM_UP = 3;

  /** EncoderSpec's bounds. */
  private static final double NARROWEST = 0.125;

  private static final double WIDEST = 4;

  private final ByteBuffer pixels = Tensors.alignedBuffer(VIEWS * SIDE * SIDE * 3);
  private final int[] labels = new int[VIEWS];
  private final NDManager manager = TorchEngine.newManager();
  private final SupConLoss loss =
      new SupConLoss(new LossSpec(LossType.SUP_CON, 0.1, LossScale.TAU_OVER_BASE));
  private final Network network;
  private final Sgd sgd;

  private TrainBench(double width) {
    for (int i = 0; i < pixels.capacity(); i++) {
      pixels.put(i, (byte) CounterRandom.bits(1, i));
    }
    for (int i = 0; i < VIEWS; i++) {
      labels[i] = CounterRandom.below(2, i % (VIEWS / 2), CLASSES);
    }
    network = Network.create(spec(width), 0, manager);
    List<NDArray> parameters = network.parameters().stream().map(Network.Tensor::value).toList();
    sgd = new Sgd(new OptimizerSpec(0.05, 0.9, 1e-4), parameters, manager);
  }

  /** The network of {@code networks.py}: its head is as wide as the features. */
  private static NetworkSpec spec(double width) {
    EncoderSpec encoder = new EncoderSpec(Architecture.RESNET18, Stem.CIFAR, width, Precision.BF16);
    Head head = new Head.Projection(new ProjectionSpec(List.of(8 * baseWidth(width)), 128));
    return new NetworkSpec(encoder, head, List.of(0.5, 0.5, 0.5), List.of(0.25, 0.25, 0.25));
  }

  /** Channels of the first group; the last has eight times as many. */
  private static int baseWidth(double width) {
    return Math.toIntExact(Math.round(64 * width));
  }

  /**
   * Measures.
   *
   * @param width factor on the channels
   * @throws StepFailure USAGE when an experiment could not have that width
   */
  static BenchResult run(double width, Rounds rounds) {
    if (!(width >= NARROWEST && width <= WIDEST)) {
      throw new StepFailure(
          ExitCode.USAGE, "--width is " + width + "; write " + NARROWEST + " to " + WIDEST);
    }
    List<String> arguments =
        List.of(
            "--width=" + baseWidth(width),
            "--views=" + VIEWS,
            "--threads=" + TorchEngine.threads(),
            "--warmup=" + WARM_UP);
    try (TrainBench bench = new TrainBench(width);
        PythonPeer peer = PythonPeer.start("bench_train.py", arguments)) {
      Duel duel = rounds.run(new OurSide(bench::step).warm(WARM_UP), peer);
      String kase = "resnet18 x" + width + ", " + VIEWS + " views";
      return new BenchResult(
          peer.name(), duel.idleLoad(), duel.lines("train", kase, "views", VIEWS));
    }
  }

  /** As the training loop's. */
  void step() {
    try (NDManager step = manager.newSubManager()) {
      NDArray images = Tensors.bytes(step, pixels, VIEWS, SIDE, SIDE, 3);
      NDArray embeddings = network.forward(images); // [M, 128]
      LossGradient found = loss.of(embeddings, labels);
      network.backward(embeddings, found.gradient());
      sgd.step(0.05);
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

package dev.supcon.runner.bench;

import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import dev.supcon.runner.torchscript.TorchEngine;
import java.util.List;

/** One optimisation step of a ResNet-18 for CIFAR: forward, loss, backward, SGD. */
final class TrainBench {
  private static final int VIEWS = 256;
  private static final int WARM_UP = 3;

  /** EncoderSpec's bounds. */
  private static final double NARROWEST = 0.125;

  private static final double WIDEST = 4;

  private TrainBench() {}

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
            "--width=" + Cifar18.baseWidth(width),
            "--views=" + VIEWS,
            "--threads=" + TorchEngine.threads(),
            "--warmup=" + WARM_UP);
    try (TrainStep step = new TrainStep(Cifar18.spec(width), VIEWS);
        PythonPeer peer = PythonPeer.start("bench_train.py", arguments)) {
      Duel duel = rounds.run(new OurSide(step).warm(WARM_UP), peer);
      String kase = "resnet18 x" + width + ", " + VIEWS + " views";
      return new BenchResult(
          peer.name(), duel.idleLoad(), duel.lines("train", kase, "views", VIEWS));
    }
  }
}

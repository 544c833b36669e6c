package dev.supcon.runner.bench;

import dev.supcon.contract.spec.Precision;
import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import dev.supcon.runner.torchscript.TorchEngine;
import java.util.List;
import java.util.Locale;

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
   * @param precision of both sides; PyTorch's bf16 is autocast
   * @throws StepFailure USAGE when an experiment could not have that width
   */
  static BenchResult run(double width, Precision precision, Rounds rounds) {
    if (!(width >= NARROWEST && width <= WIDEST)) {
      throw new StepFailure(
          ExitCode.USAGE, "--width is " + width + "; write " + NARROWEST + " to " + WIDEST);
    }
    if (precision == Precision.UNKNOWN) {
      throw new StepFailure(ExitCode.USAGE, "--precision is unknown; write bf16 or fp32");
    }
    List<String> arguments =
        List.of(
            "--width=" + Cifar18.baseWidth(width),
            "--views=" + VIEWS,
            "--dtype=" + word(precision),
            "--threads=" + TorchEngine.threads(),
            "--warmup=" + WARM_UP);
    try (TrainStep step = new TrainStep(Cifar18.spec(width, precision), VIEWS);
        PythonPeer peer = PythonPeer.start("bench_train.py", arguments)) {
      Duel duel = rounds.run(new OurSide(step).warm(WARM_UP), peer);
      String kase = "resnet18 x%s, %d views, %s".formatted(width, VIEWS, word(precision));
      return new BenchResult(
          peer.name(), duel.idleLoad(), duel.lines("train", kase, "views", VIEWS));
    }
  }

  private static String word(Precision precision) {
    return precision.name().toLowerCase(Locale.ROOT);
  }
}

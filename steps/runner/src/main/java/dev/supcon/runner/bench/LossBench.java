package dev.supcon.runner.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.supcon.contract.spec.LossScale;
import dev.supcon.contract.spec.LossSpec;
import dev.supcon.contract.spec.LossType;
import dev.supcon.runner.data.CounterRandom;
import dev.supcon.runner.loss.SupConLoss;
import dev.supcon.runner.torchscript.Tensors;
import dev.supcon.runner.torchscript.TorchEngine;
import java.util.ArrayList;
import java.util.List;

/** Loss and gradient of the paper's largest batch: 6144 images, two views of each. */
final class LossBench implements AutoCloseable {
  private static final int ROWS = 12288;
  private static final int WIDTH = 128;
  private static final int CLASSES = 1000;
  private static final int WARM_UP = 1;

  private final NDManager manager = TorchEngine.newManager();
  private final SupConLoss loss =
      new SupConLoss(LossSpec.with(LossType.SUP_CON, 0.1, LossScale.NONE));
  private final int[] labels = new int[ROWS];
  private final NDArray embeddings; // [M, D]

  LossBench() {
    for (int i = 0; i < ROWS; i++) {
      labels[i] = CounterRandom.below(1, i % (ROWS / 2), CLASSES);
    }
    embeddings = Tensors.floats(manager, unitRows(), ROWS, WIDTH);
  }

  private static float[] unitRows() {
    float[] rows = new float[ROWS * WIDTH];
    for (int from = 0; from < rows.length; from += WIDTH) {
      double squares = 0;
      for (int i = from; i < from + WIDTH; i++) {
        rows[i] = (float) CounterRandom.normal(2, i);
        squares += rows[i] * rows[i];
      }
      for (int i = from; i < from + WIDTH; i++) {
        rows[i] /= (float) Math.sqrt(squares);
      }
    }
    return rows;
  }

  /** Measures time in turns, and our peak memory in a process of its own. */
  static BenchResult run(Rounds rounds) {
    String kase = ROWS + " x " + WIDTH + ", fp32";
    double ourPeak = LossPeak.inFreshProcess();
    List<String> arguments =
        List.of(
            "--rows=" + ROWS,
            "--dim=" + WIDTH,
            "--classes=" + CLASSES,
            "--threads=" + TorchEngine.threads(),
            "--warmup=" + WARM_UP);
    try (LossBench bench = new LossBench();
        PythonPeer peer = PythonPeer.start("bench_loss.py", arguments)) {
      Duel duel = rounds.run(new OurSide(bench::step).warm(WARM_UP), peer);
      List<BenchLine> lines = new ArrayList<>(duel.lines("loss", kase, "losses", 1));
      double ratio = peer.peakMegabytes() / ourPeak;
      lines.add(
          new BenchLine(
              "loss",
              kase,
              "peak MB",
              ourPeak,
              peer.peakMegabytes(),
              new Ratio(ratio, ratio, ratio)));
      return new BenchResult(peer.name(), duel.idleLoad(), lines);
    }
  }

  void step() {
    loss.of(embeddings, labels).gradient().close();
  }

  @Override
  public void close() {
    loss.close();
    manager.close();
  }
}

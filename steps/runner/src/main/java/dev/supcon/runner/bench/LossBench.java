package dev.supcon.runner.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.supcon.contract.spec.LossScale;
import dev.supcon.contract.spec.LossSpec;
import dev.supcon.contract.spec.LossType;
import dev.supcon.runner.data.CounterRandom;
import dev.supcon.runner.loss.EmbeddingLoss;
import dev.supcon.runner.torchscript.Tensors;
import dev.supcon.runner.torchscript.TorchEngine;
import dev.supcon.runner.train.ResidentSet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Loss and gradient of the paper's largest batch: 6144 images, two views of each. */
final class LossBench implements AutoCloseable {
  private static final int WIDTH = 128;
  private static final int CLASSES = 1000;
  private static final int WARM_UP = 1;
  private static final double DENSE_MATRICES = 5; // that autograd keeps at once
  private static final double TEMPERATURE = 0.1;

  private final NDManager manager = TorchEngine.newManager();
  private final EmbeddingLoss loss;
  private final int[] labels;
  private final NDArray embeddings; // [M, D]

  LossBench(int rows) {
    this(rows, LossSpec.with(LossType.SUP_CON, TEMPERATURE, LossScale.NONE));
  }

  LossBench(int rows, LossSpec spec) {
    loss = EmbeddingLoss.of(spec, 2, Collections.nCopies(CLASSES, 1));
    labels = new int[rows];
    for (int i = 0; i < rows; i++) {
      labels[i] = CounterRandom.below(1, i % (rows / 2), CLASSES);
    }
    embeddings = Tensors.floats(manager, unitRows(rows), rows, WIDTH);
  }

  private static float[] unitRows(int count) {
    float[] rows = new float[count * WIDTH];
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
  static BenchResult run(int rows, Rounds rounds) {
    if (DENSE_MATRICES * 4 * rows * rows > ResidentSet.machineBytes()) {
      return alone(rows, rounds);
    }
    String kase = rows + " x " + WIDTH + ", fp32";
    double ourPeak = LossPeak.inFreshProcess(rows);
    List<String> arguments =
        List.of(
            "--rows=" + rows,
            "--dim=" + WIDTH,
            "--classes=" + CLASSES,
            "--threads=" + TorchEngine.threads(),
            "--warmup=" + WARM_UP);
    try (LossBench bench = new LossBench(rows);
        PythonPeer peer = PythonPeer.start("bench_loss.py", arguments)) {
      Duel duel = rounds.run(new OurSide(bench::step).warm(WARM_UP), peer);
      List<BenchLine> lines = new ArrayList<>(duel.lines("loss", kase, "losses", 1));
      lines.add(BenchLine.megabytes("loss", kase, ourPeak, peer.peakMegabytes()));
      return new BenchResult(peer.name(), duel.idleLoad(), lines);
    }
  }

  /** Where the dense form has no memory: one loss after another. */
  private static BenchResult alone(int rows, Rounds rounds) {
    try (LossBench bench = new LossBench(rows)) {
      double seconds = Median.of(new OurSide(bench::step).steps(rounds.rounds())) / 1000;
      String note =
          String.format(
              Locale.ROOT,
              "%d x %d, fp32: ours takes %.1f s and %.0f MB; one matrix of the dense form, %.0f"
                  + " MB.",
              rows,
              WIDTH,
              seconds,
              LossPeak.inFreshProcess(rows, 1),
              4e-6 * rows * rows);
      return new BenchResult("no memory for it", 0, List.of(), List.of(note));
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

package dev.supcon.runner.bench;

import dev.supcon.contract.spec.Precision;
import dev.supcon.contract.step.StepFailure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * One optimisation step: forward, loss, backward, SGD. The peer is the fastest of PyTorch's four
 * ways, fp32 or bf16 by autocast with either layout of images and weights.
 */
final class TrainBench {
  private static final int WARM_UP = 2;
  private static final int TRIAL = 2;
  private static final List<String> LAYOUTS = List.of("channels_last", "contiguous");
  private static final List<Precision> PRECISIONS = List.of(Precision.BF16, Precision.FP32);

  private TrainBench() {}

  /** A way of PyTorch's, and how long its step took on trial. */
  private record Way(List<String> options, double milliseconds) {
    String text() {
      return String.join(" ", options).replace("--", "");
    }
  }

  /**
   * Measures.
   *
   * @param compiled whether to try the fastest way under {@code torch.compile}, too
   */
  static BenchResult run(Workload workload, boolean compiled, Rounds rounds) {
    Workload part = workload.part(); // bf16 without its instructions takes minutes for a whole one
    List<Way> ways = new ArrayList<>();
    for (Precision precision : PRECISIONS) {
      for (String layout : LAYOUTS) {
        ways.add(tried(part, List.of("--dtype=" + Workload.word(precision), "--layout=" + layout)));
      }
    }
    Way best = ways.stream().min(Comparator.comparingDouble(Way::milliseconds)).orElseThrow();
    List<String> notes = new ArrayList<>(ways.stream().map(way -> note(part, way)).toList());
    if (compiled) {
      notes.add(compiled(workload, best));
    }
    return duel(workload, best, rounds).with(notes);
  }

  private static Way tried(Workload workload, List<String> options) {
    try (PythonPeer peer = start(workload, options, 1)) {
      return new Way(options, Median.of(peer.steps(TRIAL)));
    }
  }

  private static String note(Workload workload, Way way) {
    return String.format(
        Locale.ROOT,
        "PyTorch on trial, %s, %d views: %.1f views/s",
        way.text(),
        workload.views(),
        1000 * workload.views() / way.milliseconds());
  }

  private static String compiled(Workload workload, Way best) {
    try {
      return note(
          workload,
          tried(workload, Stream.concat(best.options().stream(), Stream.of("--compile")).toList()));
    } catch (StepFailure e) {
      return "torch.compile does not work here.";
    }
  }

  private static BenchResult duel(Workload workload, Way best, Rounds rounds) {
    double ourPeak = TrainPeak.inFreshProcess(workload);
    try (TrainStep step = new TrainStep(workload);
        PythonPeer peer = start(workload, best.options(), WARM_UP)) {
      Duel duel = rounds.run(new OurSide(step).warm(WARM_UP), peer);
      String kase = workload.text();
      List<BenchLine> lines = new ArrayList<>(duel.lines("train", kase, "views", workload.views()));
      lines.add(BenchLine.megabytes("train", kase, ourPeak, peer.peakMegabytes()));
      return new BenchResult(peer.name() + ", " + best.text(), duel.idleLoad(), lines);
    }
  }

  private static PythonPeer start(Workload workload, List<String> options, int warmUp) {
    List<String> arguments = new ArrayList<>(workload.peerArguments());
    arguments.addAll(options);
    arguments.add("--warmup=" + warmUp);
    return PythonPeer.start("bench_train.py", arguments);
  }
}

package dev.supcon.runner.bench;

import java.util.List;
import java.util.Optional;

/**
 * What GradCache costs: a step whose batch goes through the network in four chunks, twice forward,
 * beside the same step with the batch at once. Both sides are ours, in this process.
 */
final class GradCacheBench {
  private static final int CHUNKS = 4;
  private static final int WARM_UP = 2;

  private GradCacheBench() {}

  /** Measures; a ratio of 0.75 is a third more time. */
  static BenchResult run(Workload workload, Rounds rounds) {
    int chunk = workload.views() / 2 / CHUNKS; // images
    try (TrainStep chunked = new TrainStep(workload, TrainStep.SGD, Optional.of(chunk));
        TrainStep whole = new TrainStep(workload)) {
      SharingSide ours = new SharingSide(chunked);
      SharingSide peer = new SharingSide(whole);
      ours.steps(WARM_UP);
      peer.steps(WARM_UP);
      Duel duel = rounds.run(ours, peer);
      String kase = workload.text() + " in " + CHUNKS + " chunks";
      List<BenchLine> lines = duel.lines("gradcache", kase, "views", workload.views());
      return new BenchResult("the batch at once", duel.idleLoad(), lines);
    }
  }
}

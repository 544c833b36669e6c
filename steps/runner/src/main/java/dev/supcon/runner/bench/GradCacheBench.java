package dev.supcon.runner.bench;

import dev.supcon.contract.spec.Precision;
import dev.supcon.runner.network.NetworkSpec;
import java.util.Optional;

/**
 * What GradCache costs: a step whose batch goes through the network in four chunks, twice forward,
 * beside the same step with the batch at once. Both sides are ours, in this process.
 */
final class GradCacheBench {
  private static final int VIEWS = 256;
  private static final int CHUNK = 32; // images, of 128
  private static final int WARM_UP = 3;

  private GradCacheBench() {}

  /** Measures; a ratio of 0.75 is a third more time. */
  static BenchResult run(double width, Rounds rounds) {
    NetworkSpec spec = Cifar18.spec(width, Precision.FP32);
    try (TrainStep chunked = new TrainStep(spec, VIEWS, Optional.of(CHUNK));
        TrainStep whole = new TrainStep(spec, VIEWS)) {
      SharingSide ours = new SharingSide(chunked);
      SharingSide peer = new SharingSide(whole);
      ours.steps(WARM_UP);
      peer.steps(WARM_UP);
      Duel duel = rounds.run(ours, peer);
      String kase = "resnet18 x%s, %d views in 4 chunks, fp32".formatted(width, VIEWS);
      return new BenchResult(
          "the batch at once", duel.idleLoad(), duel.lines("gradcache", kase, "views", VIEWS));
    }
  }
}

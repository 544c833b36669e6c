package dev.supcon.runner.bench;

import dev.supcon.contract.spec.OptimizerSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The update of all parameters by their gradients, beside each of torch.optim's ways. */
final class OptimBench {
  private static final int WARM_UP = 3;
  private static final List<String> WAYS = List.of("loop", "foreach", "fused");

  /** torch.optim.AdamW's own numbers. */
  private static final OptimizerSpec ADAM_W =
      SpecText.read(
          "{'type': 'adamW', 'learningRate': 0.001, 'weightDecay': 0.01}", OptimizerSpec.class);

  private OptimBench() {}

  /** Measures SGD with momentum and AdamW. */
  static BenchResult run(Workload workload, Rounds rounds) {
    BenchResult first = run(workload, "sgd", TrainStep.SGD, rounds);
    BenchResult second = run(workload, "adamw", ADAM_W, rounds);
    List<BenchLine> lines = Stream.of(first, second).flatMap(r -> r.lines().stream()).toList();
    return new BenchResult(first.peer(), Math.max(first.idleLoad(), second.idleLoad()), lines);
  }

  private static BenchResult run(
      Workload workload, String name, OptimizerSpec optimizer, Rounds rounds) {
    List<BenchLine> lines = new ArrayList<>();
    String peerName = "";
    double idleLoad = 0;
    try (TrainStep step = new TrainStep(workload, optimizer, Optional.empty())) {
      step.small(); // for gradients
      Contestant ours = new OurSide(step::update).warm(WARM_UP);
      for (String way : WAYS) {
        List<String> arguments = new ArrayList<>(workload.peerArguments());
        arguments.addAll(List.of("--optimizer=" + name, "--way=" + way, "--warmup=" + WARM_UP));
        try (PythonPeer peer = PythonPeer.start("bench_optim.py", arguments)) {
          Duel duel = rounds.run(ours, peer);
          String kase = "%s of %s; peer %s".formatted(name, workload.networkText(), way);
          lines.addAll(duel.lines("optim", kase, "updates", 1));
          peerName = peer.name();
          idleLoad = Math.max(idleLoad, duel.idleLoad());
        }
      }
    }
    return new BenchResult(peerName, idleLoad, lines);
  }
}

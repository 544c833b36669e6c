package dev.supcon.runner.bench;

import dev.supcon.runner.view.NamedPolicy;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Speed beside a peer's, in the same run. */
@Command(
    name = "bench",
    description = "Measures our speed beside PyTorch's, in turns, on this machine.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "The peers are scripts of dev/oracles in the source tree; dev/oracles/setup makes their"
          + " Python.",
      "Example: supcon bench train --width 0.25"
    })
public final class BenchCommand {

  @Command(
      name = "train",
      description = {
        "One step: forward, loss, backward, SGD; time and memory.",
        "The peer is the fastest of fp32 and bf16 (autocast), channels_last and contiguous."
      },
      mixinStandardHelpOptions = true)
  int train(
      @Mixin BenchOptions options,
      @Mixin WorkloadOptions workload,
      @Option(names = "--compile", description = "Tries torch.compile, too.") boolean compiled) {
    return measure(options, rounds -> TrainBench.run(workload.workload(), compiled, rounds));
  }

  @Command(
      name = "loss",
      description = "SupCon loss and gradient of rows of 128, fp32: time and memory.",
      mixinStandardHelpOptions = true)
  int loss(
      @Mixin BenchOptions options,
      @Option(
              names = "--rows",
              defaultValue = "12288",
              description = "Two of each image (default: ${DEFAULT-VALUE}).")
          int rows,
      @Option(names = "--forms", description = "Our other forms beside the default one, instead.")
          boolean forms) {
    return measure(
        options, rounds -> forms ? FormsBench.run(rows, rounds) : LossBench.run(rows, rounds));
  }

  @Command(
      name = "gradcache",
      description = "The same step in chunks of a quarter of the batch, beside the batch at once.",
      mixinStandardHelpOptions = true)
  int gradcache(@Mixin BenchOptions options, @Mixin WorkloadOptions workload) {
    return measure(options, rounds -> GradCacheBench.run(workload.workload(), rounds));
  }

  @Command(
      name = "optim",
      description = "The update of all parameters, beside torch.optim's loop, foreach and fused.",
      mixinStandardHelpOptions = true)
  int optim(@Mixin BenchOptions options, @Mixin WorkloadOptions workload) {
    return measure(options, rounds -> OptimBench.run(workload.workload(), rounds));
  }

  @Command(
      name = "views",
      description = "Random views of images in memory, of 32 pixels and 224 of 400 pixels.",
      mixinStandardHelpOptions = true)
  int views(
      @Mixin BenchOptions options,
      @Option(
              names = "--policy",
              defaultValue = "sim",
              description =
                  "sim, autoAugment, randAugment or stackedRandAugment (default: ${DEFAULT-VALUE}).")
          NamedPolicy policy,
      @Option(
              names = "--semantics",
              description = "Ours: torchvision or authorsTf (default: the policy's own).")
          NamedPolicy.@Nullable Semantics semantics) {
    return measure(options, rounds -> ViewsBench.run(policy, semantics, rounds));
  }

  @Command(
      name = "corruptions",
      description = "Corruptions of 224 pixels, one thread, beside the imagecorruptions package.",
      mixinStandardHelpOptions = true)
  int corruptions(@Mixin BenchOptions options) {
    return measure(options, CorruptionsBench::run);
  }

  private static int measure(BenchOptions options, Function<Rounds, BenchResult> bench) {
    Rounds rounds = options.rounds();
    Machine machine = Machine.here();
    options.print(new BenchReport(machine, bench.apply(rounds)));
    return 0;
  }
}

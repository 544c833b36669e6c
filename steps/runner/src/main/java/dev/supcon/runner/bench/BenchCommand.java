package dev.supcon.runner.bench;

import dev.supcon.contract.spec.Precision;
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
      "The peers are scripts of dev/oracles in the source tree; dev/oracles/setup makes their Python.",
      "Example: supcon bench train --width 0.25"
    })
public final class BenchCommand {

  @Command(
      name = "train",
      description = "One step of a ResNet-18 for CIFAR: forward, loss, backward, SGD.",
      mixinStandardHelpOptions = true)
  int train(
      @Mixin BenchOptions options,
      @Option(
              names = "--width",
              defaultValue = "1.0",
              description = "Factor on every channel count (default: ${DEFAULT-VALUE}).")
          double width,
      @Option(
              names = "--precision",
              defaultValue = "bf16",
              description = "bf16 or fp32, of both sides (default: ${DEFAULT-VALUE}).")
          Precision precision) {
    return measure(options, rounds -> TrainBench.run(width, precision, rounds));
  }

  @Command(
      name = "loss",
      description = "SupCon loss and gradient of 12288 x 128, fp32: time and memory.",
      mixinStandardHelpOptions = true)
  int loss(@Mixin BenchOptions options) {
    return measure(options, LossBench::run);
  }

  @Command(
      name = "gradcache",
      description = "The same step in chunks of a quarter of the batch, beside the batch at once.",
      mixinStandardHelpOptions = true)
  int gradcache(
      @Mixin BenchOptions options,
      @Option(
              names = "--width",
              defaultValue = "1.0",
              description = "Factor on every channel count (default: ${DEFAULT-VALUE}).")
          double width) {
    return measure(options, rounds -> GradCacheBench.run(width, rounds));
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

  private static int measure(BenchOptions options, Function<Rounds, BenchResult> bench) {
    Rounds rounds = options.rounds();
    Machine machine = Machine.here();
    options.print(new BenchReport(machine, bench.apply(rounds)));
    return 0;
  }
}

package dev.supcon.runner.bench;

import dev.supcon.contract.spec.Architecture;
import dev.supcon.contract.spec.Precision;
import picocli.CommandLine.Option;

/** What a bench of training steps takes beside the rounds. */
final class WorkloadOptions {
  @Option(
      names = "--arch",
      defaultValue = "resnet18",
      description = "resnet18 or resnet50 (default: ${DEFAULT-VALUE}).")
  private Architecture architecture = Architecture.RESNET18;

  @Option(
      names = "--side",
      defaultValue = "32",
      description = "Pixels; up to 64 the stem is CIFAR's (default: ${DEFAULT-VALUE}).")
  private int side = 32;

  @Option(
      names = "--batch",
      defaultValue = "256",
      description = "Views, two of each image (default: ${DEFAULT-VALUE}).")
  private int views = 256;

  @Option(
      names = "--width",
      defaultValue = "1.0",
      description = "Factor on every channel count (default: ${DEFAULT-VALUE}).")
  private double width = 1;

  @Option(
      names = "--precision",
      defaultValue = "bf16",
      description = "Ours: bf16 or fp32 (default: ${DEFAULT-VALUE}).")
  private Precision precision = Precision.BF16;

  Workload workload() {
    return Workload.of(architecture, side, width, precision, views);
  }
}

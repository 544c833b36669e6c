package dev.supcon.runner.bench;

import dev.supcon.contract.spec.Architecture;
import dev.supcon.contract.spec.EncoderSpec;
import dev.supcon.contract.spec.Precision;
import dev.supcon.contract.spec.ProjectionSpec;
import dev.supcon.contract.spec.Stem;
import dev.supcon.runner.network.Head;
import dev.supcon.runner.network.NetworkSpec;
import java.util.List;

/** The network of the peer's {@code networks.py}: its hidden layer is as wide as the features. */
final class Cifar18 {
  private Cifar18() {}

  static NetworkSpec spec(double width, Precision precision) {
    EncoderSpec encoder = new EncoderSpec(Architecture.RESNET18, Stem.CIFAR, width, precision);
    Head head = new Head.Projection(new ProjectionSpec(List.of(8 * baseWidth(width)), 128, false));
    return new NetworkSpec(encoder, head, List.of(0.5, 0.5, 0.5), List.of(0.25, 0.25, 0.25));
  }

  /** Channels of the first group; the last has eight times as many. */
  static int baseWidth(double width) {
    return Math.toIntExact(Math.round(64 * width));
  }
}

package dev.supcon.runner.bench;

import dev.supcon.contract.spec.Architecture;
import dev.supcon.contract.spec.EncoderSpec;
import dev.supcon.contract.spec.Precision;
import dev.supcon.contract.spec.ProjectionSpec;
import dev.supcon.contract.spec.Stem;
import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import dev.supcon.runner.network.Head;
import dev.supcon.runner.network.NetworkSpec;
import dev.supcon.runner.network.ResNet;
import dev.supcon.runner.torchscript.TorchEngine;
import java.util.List;
import java.util.Locale;

/**
 * A training step's size: the network of the peers' {@code networks.py}, whose hidden layer is as
 * wide as the features, and a batch.
 *
 * @param side of the images in pixels; up to 64 the stem is CIFAR's
 * @param width factor on the channels
 * @param views rows of the batch, two of each image
 */
record Workload(Architecture architecture, int side, double width, Precision precision, int views) {
  private static final int SMALL = 64;
  private static final int DIMENSION = 128;

  /** EncoderSpec's bounds. */
  private static final double NARROWEST = 0.125;

  private static final double WIDEST = 4;

  /** As the command line gives it. */
  static Workload of(
      Architecture architecture, int side, double width, Precision precision, int views) {
    if (!(width >= NARROWEST && width <= WIDEST)) {
      throw usage("--width is " + width + "; write " + NARROWEST + " to " + WIDEST);
    }
    if (precision == Precision.UNKNOWN) {
      throw usage("--precision is unknown; write bf16 or fp32");
    }
    if (architecture != Architecture.RESNET18 && architecture != Architecture.RESNET50) {
      throw usage("--arch is " + architecture + "; the peer has resnet18 and resnet50");
    }
    if (views < 16 || views % 16 != 0) {
      throw usage("--batch is " + views + "; write a multiple of 16, two views of each image");
    }
    if (side < 32 || side % 32 != 0) {
      throw usage("--side is " + side + "; write a multiple of 32");
    }
    return new Workload(architecture, side, width, precision, views);
  }

  /** The same with a part of the batch, which tells well enough which of several is faster. */
  Workload part() {
    return new Workload(architecture, side, width, precision, Math.max(4, views / 8));
  }

  private static StepFailure usage(String message) {
    return new StepFailure(ExitCode.USAGE, message);
  }

  NetworkSpec network() {
    Stem stem = side <= SMALL ? Stem.CIFAR : Stem.IMAGENET;
    EncoderSpec encoder = new EncoderSpec(architecture, stem, width, precision);
    Head head =
        new Head.Projection(
            new ProjectionSpec(List.of(ResNet.featureWidth(encoder)), DIMENSION, false));
    return new NetworkSpec(encoder, head, List.of(0.5, 0.5, 0.5), List.of(0.25, 0.25, 0.25));
  }

  /** The same network and batch for {@code networks.py}. */
  List<String> peerArguments() {
    return List.of(
        "--arch=" + word(architecture),
        "--width=" + Math.round(64 * width),
        "--side=" + side,
        "--views=" + views,
        "--threads=" + TorchEngine.threads());
  }

  /** The inverse of {@link #parse}. */
  List<String> words() {
    return List.of(
        architecture.name(),
        Integer.toString(side),
        Double.toString(width),
        precision.name(),
        Integer.toString(views));
  }

  static Workload parse(String... words) {
    return new Workload(
        Architecture.valueOf(words[0]),
        Integer.parseInt(words[1]),
        Double.parseDouble(words[2]),
        Precision.valueOf(words[3]),
        Integer.parseInt(words[4]));
  }

  String text() {
    return networkText() + ", %d px, %d views, %s".formatted(side, views, word(precision));
  }

  String networkText() {
    return word(architecture) + " x" + width;
  }

  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}

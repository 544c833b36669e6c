package dev.supcon.runner.network;

import dev.supcon.contract.spec.Architecture;
import dev.supcon.contract.spec.EncoderSpec;
import dev.supcon.contract.spec.Stem;
import dev.supcon.runner.network.Operations.Shape;

/**
 * ResNet as torchvision has it: the stride on the 3x3 convolution of a bottleneck (v1.5), a
 * projection only where shapes change, names of {@code torchvision/models/resnet.py}.
 */
public final class ResNet {
  private static final int[] STRIDES = {1, 2, 2, 2};

  private final Operations text;
  private final boolean bottleneck;
  private final int[] blocks;
  private final Stem stem;
  private final long base;
  private long channels;

  private ResNet(EncoderSpec spec, Operations text) {
    this.text = text;
    this.bottleneck = bottleneck(spec.architecture());
    this.blocks = blocks(spec.architecture());
    this.stem = spec.stem();
    this.base = base(spec);
  }

  /**
   * Writes the encoder.
   *
   * @param pixels name of the normalised images, [M, 3, S, S]
   * @return name of the features, [M, F]
   */
  public static String write(EncoderSpec spec, Operations target, String pixels) {
    return new ResNet(spec, target).features(pixels);
  }

  /** Width of the features: 512 or 2048 times the width factor. */
  public static int featureWidth(EncoderSpec spec) {
    return Math.toIntExact(8 * base(spec) * (bottleneck(spec.architecture()) ? 4 : 1));
  }

  private static long base(EncoderSpec spec) {
    return Math.max(1, Math.round(64 * spec.width()));
  }

  private static boolean bottleneck(Architecture architecture) {
    return switch (architecture) {
      case RESNET18, RESNET34 -> false;
      case RESNET50, RESNET101, RESNET152, RESNET200 -> true;
      case UNKNOWN -> throw new IllegalArgumentException("an architecture that the rules refuse");
    };
  }

  /** Blocks per group; ResNet-200 as in the authors' TensorFlow code. */
  private static int[] blocks(Architecture architecture) {
    return switch (architecture) {
      case RESNET18 -> new int[] {2, 2, 2, 2};
      case RESNET34, RESNET50 -> new int[] {3, 4, 6, 3};
      case RESNET101 -> new int[] {3, 4, 23, 3};
      case RESNET152 -> new int[] {3, 8, 36, 3};
      case RESNET200 -> new int[] {3, 24, 36, 3};
      case UNKNOWN -> throw new IllegalArgumentException("an architecture that the rules refuse");
    };
  }

  private String features(String pixels) {
    String x = stem(pixels);
    for (int group = 0; group < blocks.length; group++) {
      long width = base << group;
      for (int block = 0; block < blocks[group]; block++) {
        String name = "layer" + (group + 1) + "." + block;
        int stride = block == 0 ? STRIDES[group] : 1;
        x = bottleneck ? bottleneck(name, x, width, stride) : basic(name, x, width, stride);
      }
    }
    return text.averagePool(x);
  }

  private String stem(String pixels) {
    boolean small = stem == Stem.CIFAR;
    Shape shape = new Shape(3, base, small ? 3 : 7, small ? 1 : 2);
    channels = base;
    String x = text.relu(normalised("conv1", "bn1", pixels, shape));
    return small ? x : text.maxPool(x);
  }

  private String basic(String name, String x, long width, int stride) {
    Shape first = new Shape(channels, width, 3, stride);
    String y = text.relu(normalised(name + ".conv1", name + ".bn1", x, first));
    y = normalised(name + ".conv2", name + ".bn2", y, new Shape(width, width, 3, 1));
    return joined(name, x, y, width, stride);
  }

  private String bottleneck(String name, String x, long width, int stride) {
    Shape first = new Shape(channels, width, 1, 1);
    String y = text.relu(normalised(name + ".conv1", name + ".bn1", x, first));
    Shape second = new Shape(width, width, 3, stride);
    y = text.relu(normalised(name + ".conv2", name + ".bn2", y, second));
    y = normalised(name + ".conv3", name + ".bn3", y, new Shape(width, 4 * width, 1, 1));
    return joined(name, x, y, 4 * width, stride);
  }

  private String joined(String name, String x, String y, long out, int stride) {
    String shortcut = x;
    if (stride != 1 || channels != out) {
      Shape shape = new Shape(channels, out, 1, stride);
      shortcut = normalised(name + ".downsample.0", name + ".downsample.1", x, shape);
    }
    channels = out;
    return text.relu(text.sum(y, shortcut));
  }

  private String normalised(String convolution, String norm, String x, Shape shape) {
    return text.normalisation(norm, text.convolution(convolution, x, shape), shape.out());
  }
}

package dev.supcon.runner.network;

import dev.supcon.contract.spec.Architecture;
import dev.supcon.contract.spec.EncoderSpec;
import dev.supcon.contract.spec.Stem;
import dev.supcon.runner.network.Operations.Shape;

/**
 * ResNet as torchvision has it: the stride on the 3x3 convolution of a bottleneck (v1.5), a
 * projection only where shapes change, names of {@code torchvision/models/resnet.py}.
 *
 * <p>The authors' TensorFlow code (google-research/supcon, resnet.py) has a projection in the first
 * block of every group and pools with padding SAME. The fixed padding of its strided convolutions
 * is, for their odd kernels, torchvision's.
 */
public final class ResNet {
  private static final int[] STRIDES = {1, 2, 2, 2};

  private final Operations text;
  private final boolean bottleneck;
  private final int[] blocks;
  private final Stem stem;
  private final boolean authors;
  private final long base;
  private long channels;

  private ResNet(EncoderSpec spec, Operations text) {
    this.text = text;
    this.bottleneck = bottleneck(spec.architecture());
    this.blocks = blocks(spec.architecture());
    this.stem = spec.stem();
    this.authors = authors(spec);
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

  /** Name of the normalisation that ends a block. */
  static String lastNormalisation(EncoderSpec spec) {
    return bottleneck(spec.architecture()) ? "bn3" : "bn2";
  }

  static boolean authors(EncoderSpec spec) {
    return switch (spec.variant()) {
      case TORCHVISION -> false;
      case AUTHORS_TF -> true;
      case UNKNOWN -> throw new IllegalArgumentException("a variant that the rules refuse");
    };
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
        boolean first = block == 0;
        Block next = new Block(name, width, first ? STRIDES[group] : 1, first && authors);
        x = bottleneck ? bottleneck(next, x) : basic(next, x);
      }
    }
    return text.averagePool(x);
  }

  private String stem(String pixels) {
    boolean small = stem == Stem.CIFAR;
    Shape shape = new Shape(3, base, small ? 3 : 7, small ? 1 : 2);
    channels = base;
    String x = text.relu(normalised("conv1", "bn1", pixels, shape));
    if (small) {
      return x;
    }
    return authors ? text.samePool(x) : text.maxPool(x);
  }

  /** A residual block; {@code projects} even where no shape changes. */
  private record Block(String name, long width, int stride, boolean projects) {}

  private String basic(Block block, String x) {
    String name = block.name();
    long width = block.width();
    Shape first = new Shape(channels, width, 3, block.stride());
    String y = text.relu(normalised(name + ".conv1", name + ".bn1", x, first));
    y = normalised(name + ".conv2", name + ".bn2", y, new Shape(width, width, 3, 1));
    return joined(block, x, y, width);
  }

  private String bottleneck(Block block, String x) {
    String name = block.name();
    long width = block.width();
    Shape first = new Shape(channels, width, 1, 1);
    String y = text.relu(normalised(name + ".conv1", name + ".bn1", x, first));
    Shape second = new Shape(width, width, 3, block.stride());
    y = text.relu(normalised(name + ".conv2", name + ".bn2", y, second));
    y = normalised(name + ".conv3", name + ".bn3", y, new Shape(width, 4 * width, 1, 1));
    return joined(block, x, y, 4 * width);
  }

  private String joined(Block block, String x, String y, long out) {
    String shortcut = x;
    if (block.projects() || block.stride() != 1 || channels != out) {
      String name = block.name();
      Shape shape = new Shape(channels, out, 1, block.stride());
      shortcut = normalised(name + ".downsample.0", name + ".downsample.1", x, shape);
    }
    channels = out;
    return text.relu(text.sum(y, shortcut));
  }

  private String normalised(String convolution, String norm, String x, Shape shape) {
    return text.normalisation(norm, text.convolution(convolution, x, shape), shape.out());
  }
}

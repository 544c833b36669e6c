package dev.supcon.runner.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.supcon.contract.spec.Architecture;
import dev.supcon.contract.spec.EncoderSpec;
import dev.supcon.contract.spec.EncoderVariant;
import dev.supcon.contract.spec.Precision;
import dev.supcon.contract.spec.ProjectionSpec;
import dev.supcon.contract.spec.Stem;
import dev.supcon.runner.data.CounterRandom;
import dev.supcon.runner.torchscript.Tensors;
import dev.supcon.runner.torchscript.TorchEngine;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NetworkTest {
  private static final List<Double> HALF = List.of(0.5, 0.5, 0.5);

  @ParameterizedTest
  @EnumSource(value = Architecture.class, names = "UNKNOWN", mode = EnumSource.Mode.EXCLUDE)
  void everyArchitectureGivesUnitRowsAndGradients(Architecture architecture) {
    for (Stem stem : List.of(Stem.CIFAR, Stem.IMAGENET)) {
      EncoderSpec encoder = new EncoderSpec(architecture, stem, 0.125, Precision.BF16);
      Head head = new Head.Projection(new ProjectionSpec(List.of(16), 8, false));
      try (NDManager manager = TorchEngine.newManager();
          Network network = Network.create(spec(encoder, head), 1, manager)) {
        NDArray z = network.forward(pixels(manager, 4, 32));
        network.backward(z, manager.ones(z.getShape()));

        assertThat(z.getDataType()).isEqualTo(DataType.FLOAT32);
        assertThat(z.getShape().getShape()).containsExactly(4, 8);
        assertThat(z.norm(new int[] {1}).toFloatArray())
            .containsExactly(new float[] {1, 1, 1, 1}, within(1e-5f));
        assertThat(network.parameters())
            .allSatisfy(
                p -> assertThat(p.value().getGradient().toFloatArray()).hasSize(p.spec().size()));
      }
    }
  }

  /** What ends a residual branch begins at 0, so that nothing before it in the branch moves. */
  @Test
  void theAuthorsBranchesAreOpenedByTheirLastNormalisation() {
    EncoderSpec encoder =
        new EncoderSpec(
            Architecture.RESNET18,
            Stem.IMAGENET,
            0.125,
            Precision.BF16,
            EncoderVariant.AUTHORS_TF,
            null);
    try (NDManager manager = TorchEngine.newManager();
        Network network = Network.create(spec(encoder, new Head.Classifier(3)), 1, manager)) {
      NDArray logits = network.forward(pixels(manager, 4, 64));
      network.backward(logits, logits);

      assertThat(gradient(network, "layer2.0.conv2.weight")).containsOnly(0);
      assertThat(gradient(network, "layer2.0.bn2.weight")).doesNotContain(0);
      assertThat(gradient(network, "layer1.0.downsample.0.weight")).doesNotContain(0);
    }
  }

  private static float[] gradient(Network network, String name) {
    return network.parameters().stream()
        .filter(parameter -> parameter.spec().name().equals(name))
        .findFirst()
        .orElseThrow()
        .value()
        .getGradient()
        .toFloatArray();
  }

  /** Cauchy and Schwarz: no logit is longer than the product that stands beside it. */
  @Test
  void aMarginClassifierPutsOutLengthsBesideItsLogitsInTraining() {
    EncoderSpec encoder = new EncoderSpec(Architecture.RESNET18, Stem.CIFAR, 0.125, Precision.FP32);
    try (NDManager manager = TorchEngine.newManager();
        Network network = Network.create(spec(encoder, new Head.MarginClassifier(3)), 1, manager)) {
      NDArray pixels = pixels(manager, 4, 32);
      float[] trained = network.forward(pixels).toFloatArray(); // [4, 6]
      float[] weights = network.state().getOrDefault("fc.weight", new float[0]);

      assertThat(trained).hasSize(24);
      assertThat(weights).hasSize(3 * network.featureWidth());
      for (int row = 0; row < 4; row++) {
        for (int c = 0; c < 3; c++) {
          assertThat(trained[6 * row + 3 + c]).isGreaterThanOrEqualTo(trained[6 * row + c]);
        }
        float lengths = trained[6 * row + 3] / trained[6 * row + 4]; // the row's own cancels
        assertThat(lengths).isCloseTo(length(weights, 0) / length(weights, 1), within(1e-4f));
      }
      assertThat(network.output(pixels).getShape().getShape()).containsExactly(4, 3);
    }
  }

  /** A hidden layer and an embedding, worked by hand on features divided by their length. */
  @Test
  void aHeadThatNormalisesItsInputIsTheHeadOfUnitFeatures() {
    EncoderSpec encoder = new EncoderSpec(Architecture.RESNET18, Stem.CIFAR, 0.125, Precision.FP32);
    Head head = new Head.Projection(new ProjectionSpec(List.of(16), 8, true));
    try (NDManager manager = TorchEngine.newManager();
        Network network = Network.create(spec(encoder, head), 1, manager)) {
      NDArray pixels = pixels(manager, 4, 32);
      int width = network.featureWidth();
      float[] features = network.features(pixels).toFloatArray();
      float[] embeddings = network.output(pixels).toFloatArray();

      for (int row = 0; row < 4; row++) {
        double[] unit = unit(features, row * width, width);
        double[] hidden = affine(network, "head.0", unit);
        double[] z =
            affine(network, "head.2", Arrays.stream(hidden).map(h -> Math.max(h, 0)).toArray());
        for (int k = 0; k < 8; k++) {
          assertThat((double) embeddings[8 * row + k]).isCloseTo(z[k] / norm(z), within(1e-5));
        }
      }
    }
  }

  private static double[] affine(Network network, String layer, double... x) {
    float[] weights = network.state().getOrDefault(layer + ".weight", new float[0]);
    float[] bias = network.state().getOrDefault(layer + ".bias", new float[0]);
    return IntStream.range(0, bias.length)
        .mapToDouble(
            out ->
                bias[out]
                    + IntStream.range(0, x.length)
                        .mapToDouble(in -> weights[out * x.length + in] * x[in])
                        .sum())
        .toArray();
  }

  private static double[] unit(float[] values, int from, int width) {
    double[] row = IntStream.range(0, width).mapToDouble(k -> values[from + k]).toArray();
    double length = norm(row);
    return Arrays.stream(row).map(value -> value / length).toArray();
  }

  private static double norm(double[] row) {
    return Math.sqrt(Arrays.stream(row).map(value -> value * value).sum());
  }

  private static float length(float[] weights, int row) {
    int width = weights.length / 3;
    double squares = 0;
    for (int k = row * width; k < (row + 1) * width; k++) {
      squares += weights[k] * weights[k];
    }
    return (float) Math.sqrt(squares);
  }

  private static NetworkSpec spec(EncoderSpec encoder, Head head) {
    return new NetworkSpec(encoder, head, HALF, HALF);
  }

  static NDArray pixels(NDManager manager, int count, int side) {
    ByteBuffer buffer = Tensors.alignedBuffer(count * side * side * 3);
    for (int i = 0; i < buffer.capacity(); i++) {
      buffer.put(i, (byte) CounterRandom.bits(7, i));
    }
    return Tensors.bytes(manager, buffer, count, side, side, 3);
  }
}

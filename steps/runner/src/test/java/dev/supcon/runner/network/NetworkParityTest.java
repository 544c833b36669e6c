package dev.supcon.runner.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.JsonNode;
import dev.supcon.contract.spec.Architecture;
import dev.supcon.contract.spec.EncoderSpec;
import dev.supcon.contract.spec.Precision;
import dev.supcon.contract.spec.Stem;
import dev.supcon.runner.GoldenFile;
import dev.supcon.runner.torchscript.Tensors;
import dev.supcon.runner.torchscript.TorchEngine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Against torchvision's ResNet; {@code dev/oracles/resnet_golden.py} made the numbers. */
class NetworkParityTest {
  private static final MadeNumbers MADE = MadeNumbers.COUNTED;

  /** Of the largest magnitude of a tensor: float32 in another order of summation. */
  private static final double TOLERANCE = 2e-5;

  @ParameterizedTest
  @EnumSource(names = {"RESNET18", "RESNET34", "RESNET50", "RESNET101"})
  void namesAndShapesAreTorchvisions(Architecture architecture) throws IOException {
    NetworkText text = NetworkText.of(spec(architecture, Stem.IMAGENET, 1));
    Map<String, List<Long>> ours = new HashMap<>();
    Stream.concat(text.parameters().stream(), text.buffers().stream())
        .forEach(tensor -> ours.put(tensor.name(), tensor.shape()));

    Map<String, List<Long>> theirs = new HashMap<>();
    for (JsonNode tensor :
        GoldenFile.read("resnet")
            .path("structure")
            .path(architecture.name().toLowerCase(Locale.ROOT))) {
      String name = tensor.path("name").asText();
      if (!name.startsWith("fc.") && !name.endsWith("num_batches_tracked")) {
        theirs.put(name, elements(tensor.path("shape")).map(JsonNode::asLong).toList());
      }
    }

    assertThat(ours).isEqualTo(theirs);
  }

  @Test
  void featuresGradientsAndRunningStatisticsAreTorchvisions() throws IOException {
    JsonNode golden = GoldenFile.read("resnet").path("cifarResnet18");
    try (NDManager manager = TorchEngine.newManager();
        Network network =
            Network.create(spec(Architecture.RESNET18, Stem.CIFAR, 0.125), 1, manager)) {
      network.load(weights(network));
      equal("evaluated", network.output(input(manager)), golden.path("evalFeatures"));

      NDArray features = network.forward(input(manager)); // [4, 64]
      equal("trained", features, golden.path("trainFeatures"));

      network.backward(
          features, Tensors.floats(manager, MADE.values("cotangent", 4 * 64, 1, 0), 4, 64));
      network.parameters().forEach(p -> equalGradient(p, golden.path("gradients")));
      for (Network.Tensor buffer : network.buffers()) {
        JsonNode expected = golden.path("runningStatisticsAfterOneStep").path(buffer.spec().name());
        equal(buffer.spec().name(), buffer.value(), expected);
      }
    }
  }

  private static NetworkSpec spec(Architecture architecture, Stem stem, double width) {
    EncoderSpec encoder = new EncoderSpec(architecture, stem, width, Precision.FP32);
    return new NetworkSpec(encoder, new Head.None(), ExactNetwork.ZERO, ExactNetwork.BYTE);
  }

  private static void equal(String name, NDArray actual, JsonNode expected) {
    double[] wanted = GoldenFile.doubles(expected.path("values"));
    double largest = 0;
    for (double value : wanted) {
      largest = Math.max(largest, Math.abs(value));
    }
    float[] found = actual.toFloatArray();
    assertThat(found).as(name).hasSameSizeAs(wanted);
    for (int i = 0; i < wanted.length; i++) {
      assertThat((double) found[i]).as(name).isCloseTo(wanted[i], within(TOLERANCE * largest));
    }
  }

  /** The gradient's norm, and eight projections of it that tell apart any two of that norm. */
  private static void equalGradient(Network.Tensor parameter, JsonNode gradients) {
    String name = parameter.spec().name();
    float[] found = parameter.value().getGradient().toFloatArray();
    double norm = gradients.path(name).path("norm").asDouble();
    double[] projections = GoldenFile.doubles(gradients.path(name).path("projections"));
    assertThat(projections).as(name).hasSize(MadeNumbers.PROJECTIONS);
    double[] gradient = new double[found.length];
    for (int i = 0; i < found.length; i++) {
      gradient[i] = found[i];
    }
    for (int j = 0; j < projections.length; j++) {
      assertThat(MADE.projection(j, name, gradient))
          .as(name)
          .isCloseTo(projections[j], within(1e-4 * norm));
    }
    assertThat(MadeNumbers.norm(gradient)).as(name).isCloseTo(norm, within(1e-4 * norm));
  }

  private static Map<String, float[]> weights(Network network) {
    Map<String, float[]> state = network.state();
    for (Network.Tensor tensor : network.parameters()) {
      TensorSpec spec = tensor.spec();
      float[] made =
          switch (spec.role()) {
            case CONV_WEIGHT -> MADE.convolution(spec);
            case NORM_WEIGHT -> MADE.values(spec.name(), spec.size(), 0.1, 1);
            case NORM_BIAS -> MADE.values(spec.name(), spec.size(), 0.1, 0);
            case LINEAR_WEIGHT, LINEAR_BIAS, RUNNING_MEAN, RUNNING_VARIANCE ->
                throw new AssertionError("an encoder has no parameter " + spec.name());
          };
      state.put(spec.name(), made);
    }
    return state;
  }

  private static NDArray input(NDManager manager) {
    return Tensors.floats(manager, MADE.images("input", 32), 4, 32, 32, 3);
  }

  private static Stream<JsonNode> elements(JsonNode list) {
    List<JsonNode> elements = new ArrayList<>();
    list.forEach(elements::add);
    return elements.stream();
  }
}

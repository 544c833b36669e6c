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
import dev.supcon.contract.step.ContractJson;
import dev.supcon.runner.torchscript.Tensors;
import dev.supcon.runner.torchscript.TorchEngine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Against torchvision's ResNet; {@code dev/oracles/resnet_golden.py} made the numbers. */
class NetworkParityTest {
  /** The network's (x / 255 - mean) / std is then the input itself. */
  private static final List<Double> ZERO = List.of(0.0, 0.0, 0.0);

  private static final List<Double> BYTE = List.of(1 / 255.0, 1 / 255.0, 1 / 255.0);

  /** Of the largest magnitude of a tensor: float32 in another order of summation. */
  private static final double TOLERANCE = 2e-5;

  private static final int PROJECTIONS = 8;

  @ParameterizedTest
  @EnumSource(names = {"RESNET18", "RESNET34", "RESNET50", "RESNET101"})
  void namesAndShapesAreTorchvisions(Architecture architecture) throws IOException {
    NetworkText text = NetworkText.of(spec(architecture, Stem.IMAGENET, 1));
    Map<String, List<Long>> ours = new HashMap<>();
    Stream.concat(text.parameters().stream(), text.buffers().stream())
        .forEach(tensor -> ours.put(tensor.name(), tensor.shape()));

    Map<String, List<Long>> theirs = new HashMap<>();
    for (JsonNode tensor :
        golden().path("structure").path(architecture.name().toLowerCase(Locale.ROOT))) {
      String name = tensor.path("name").asText();
      if (!name.startsWith("fc.") && !name.endsWith("num_batches_tracked")) {
        theirs.put(name, elements(tensor.path("shape")).map(JsonNode::asLong).toList());
      }
    }

    assertThat(ours).isEqualTo(theirs);
  }

  @Test
  void featuresGradientsAndRunningStatisticsAreTorchvisions() throws IOException {
    JsonNode golden = golden().path("cifarResnet18");
    try (NDManager manager = TorchEngine.newManager();
        Network network =
            Network.create(spec(Architecture.RESNET18, Stem.CIFAR, 0.125), 1, manager)) {
      network.load(weights(network));
      equal("evaluated", network.output(input(manager)), golden.path("evalFeatures"));

      NDArray features = network.forward(input(manager)); // [4, 64]
      equal("trained", features, golden.path("trainFeatures"));

      network.backward(features, Tensors.floats(manager, values("cotangent", 4 * 64, 1, 0), 4, 64));
      network.parameters().forEach(p -> equalGradient(p, golden.path("gradients")));
      for (Network.Tensor buffer : network.buffers()) {
        JsonNode expected = golden.path("runningStatisticsAfterOneStep").path(buffer.spec().name());
        equal(buffer.spec().name(), buffer.value(), expected);
      }
    }
  }

  private static NetworkSpec spec(Architecture architecture, Stem stem, double width) {
    EncoderSpec encoder = new EncoderSpec(architecture, stem, width, Precision.FP32);
    return new NetworkSpec(encoder, new Head.None(), ZERO, BYTE);
  }

  private static void equal(String name, NDArray actual, JsonNode expected) {
    double[] wanted = doubles(expected.path("values"));
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
    double[] projections = doubles(gradients.path(name).path("projections"));
    assertThat(projections).as(name).hasSize(PROJECTIONS);
    for (int j = 0; j < PROJECTIONS; j++) {
      float[] direction = values("projection." + j + "." + name, found.length, 1, 0);
      double sum = 0;
      for (int i = 0; i < found.length; i++) {
        sum += (double) found[i] * direction[i];
      }
      assertThat(sum).as(name).isCloseTo(projections[j], within(1e-4 * norm));
    }
    double squares = 0;
    for (float value : found) {
      squares += (double) value * value;
    }
    assertThat(Math.sqrt(squares)).as(name).isCloseTo(norm, within(1e-4 * norm));
  }

  private static Map<String, float[]> weights(Network network) {
    Map<String, float[]> state = network.state();
    for (Network.Tensor tensor : network.parameters()) {
      TensorSpec spec = tensor.spec();
      float[] made =
          switch (spec.role()) {
            case CONV_WEIGHT -> {
              List<Long> shape = spec.shape();
              double fanIn = shape.get(1) * shape.get(2) * shape.get(3);
              yield values(spec.name(), spec.size(), 2 * Math.sqrt(6 / fanIn), 0);
            }
            case NORM_WEIGHT -> values(spec.name(), spec.size(), 0.1, 1);
            case NORM_BIAS -> values(spec.name(), spec.size(), 0.1, 0);
            case LINEAR_WEIGHT, LINEAR_BIAS, RUNNING_MEAN, RUNNING_VARIANCE ->
                throw new AssertionError("an encoder has no parameter " + spec.name());
          };
      state.put(spec.name(), made);
    }
    return state;
  }

  /** NCHW as the oracle counts it, given as [4, 32, 32, 3]. */
  private static NDArray input(NDManager manager) {
    float[] counted = values("input", 4 * 3 * 32 * 32, 2, 0);
    float[] pixels = new float[counted.length];
    for (int i = 0; i < counted.length; i++) {
      int place = i % 1024;
      int channel = i / 1024 % 3;
      pixels[(i / 3072 * 1024 + place) * 3 + channel] = counted[i];
    }
    return Tensors.floats(manager, pixels, 4, 32, 32, 3);
  }

  /** The oracle's numbers: offset + scale · u(name, i). */
  private static float[] values(String name, int size, double scale, double offset) {
    CRC32 sum = new CRC32();
    sum.update(name.getBytes(StandardCharsets.UTF_8));
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      long counter = (i * 2654435761L + sum.getValue()) & 0xFFFFFFFFL;
      values[i] = (float) (offset + scale * (counter / 4294967296.0 - 0.5));
    }
    return values;
  }

  private static double[] doubles(JsonNode list) {
    return elements(list).mapToDouble(JsonNode::asDouble).toArray();
  }

  private static Stream<JsonNode> elements(JsonNode list) {
    List<JsonNode> elements = new ArrayList<>();
    list.forEach(elements::add);
    return elements.stream();
  }

  private static JsonNode golden() throws IOException {
    try (InputStream file = NetworkParityTest.class.getResourceAsStream("/golden/resnet.json")) {
      return ContractJson.MAPPER.readTree(file);
    }
  }
}

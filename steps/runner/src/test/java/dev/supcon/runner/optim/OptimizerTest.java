package dev.supcon.runner.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.supcon.contract.spec.OptimizerSpec;
import dev.supcon.contract.spec.ScheduleSpec;
import dev.supcon.contract.step.ContractJson;
import dev.supcon.runner.GoldenFile;
import dev.supcon.runner.network.Network;
import dev.supcon.runner.network.TensorSpec;
import dev.supcon.runner.network.TensorSpec.Role;
import dev.supcon.runner.torchscript.TorchEngine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptimizerTest {
  private static final Map<String, Role> ROLES =
      Map.of(
          "conv", Role.CONV_WEIGHT,
          "norm.weight", Role.NORM_WEIGHT,
          "norm.bias", Role.NORM_BIAS,
          "linear.bias", Role.LINEAR_BIAS);
  private static final Map<String, String> SPECS =
      Map.ofEntries(
          Map.entry("sgd", "{}"),
          Map.entry("sgd without norm", "{'weightDecayOn': 'withoutNorm'}"),
          Map.entry("sgd weights", "{'weightDecayOn': 'weights'}"),
          Map.entry("sgd clipped", "{}"),
          Map.entry("nesterov", "{'nesterov': true}"),
          Map.entry("adamW", "{'type': 'adamW'}"),
          Map.entry("rmsProp", "{'type': 'rmsProp'}"),
          Map.entry("lars article", lars("article", "all")),
          Map.entry("lars article without norm", lars("article", "withoutNorm")),
          Map.entry("lars classic", lars("classic", "all")),
          Map.entry("lars classic without norm", lars("classic", "withoutNorm")),
          Map.entry("lars afterMomentum", lars("afterMomentum", "all")),
          Map.entry("lars afterMomentum without norm", lars("afterMomentum", "withoutNorm")));

  private static String lars(String rule, String on) {
    return "{'type': 'lars', 'trustCoefficient': 0.02, 'larsRule': '%s', 'weightDecayOn': '%s'}"
        .formatted(rule, on);
  }

  static Stream<Arguments> runs() throws IOException {
    List<Arguments> runs = new ArrayList<>();
    GoldenFile.read("optim")
        .path("runs")
        .forEach(
            run -> runs.add(arguments(run.path("name").asText(), run.path("by").asText(), run)));
    return runs.stream();
  }

  /** torch.optim, timm.optim or the published formula, as the golden file says. */
  @ParameterizedTest(name = "{0} by {1}")
  @MethodSource("runs")
  void twentyStepsEqualTheOracles(String name, String by, JsonNode run) throws IOException {
    assertThat(by).isNotEmpty();
    assertSame(name, run, DataType.FLOAT64, 1e-12);
    assertSame(name, run, DataType.FLOAT32, 1e-6);
  }

  private static void assertSame(String name, JsonNode run, DataType type, double tolerance)
      throws IOException {
    JsonNode golden = GoldenFile.read("optim");
    Schedule rate = new Schedule(ScheduleSpec.cosine(), 0.3, new Schedule.Length(20, 5, 20));
    Optional<Double> clip = name.endsWith("clipped") ? Optional.of(1.7) : Optional.empty();
    try (NDManager manager = TorchEngine.newManager()) {
      List<Network.Tensor> weights = weights(golden, type, manager);
      Update update = new Update(spec(SPECS.getOrDefault(name, "no such run")), clip);
      try (Optimizer optimizer = new Optimizer(update, weights, manager)) {
        for (int step = 0; step < 20; step++) {
          double learningRate = run.path("constant").asBoolean() ? 0.3 : rate.at(step);
          optimizer.apply(gradients(golden, weights, step), learningRate);
          if (step % 4 == 3) {
            assertClose(weights, run.path("weights").path(step / 4), tolerance);
          }
        }
      }
    }
  }

  private static List<Network.Tensor> weights(JsonNode golden, DataType type, NDManager manager) {
    List<Network.Tensor> weights = new ArrayList<>();
    golden
        .path("start")
        .properties()
        .forEach(
            entry -> {
              long[] shape = longs(golden.path("shapes").path(entry.getKey()));
              NDArray value =
                  manager
                      .create(GoldenFile.doubles(entry.getValue()), new Shape(shape))
                      .toType(type, false);
              weights.add(
                  tensor(
                      entry.getKey(),
                      ROLES.getOrDefault(entry.getKey(), Role.RUNNING_MEAN),
                      value));
            });
    return weights;
  }

  /** The file's noise plus a fifth of the weights. */
  private static List<NDArray> gradients(JsonNode golden, List<Network.Tensor> weights, int step) {
    return weights.stream()
        .map(
            tensor -> {
              NDArray w = tensor.value();
              double[] noise =
                  GoldenFile.doubles(golden.path("noise").path(tensor.spec().name()).path(step));
              return w.getManager()
                  .create(noise, w.getShape())
                  .toType(w.getDataType(), false)
                  .add(w.mul(0.2));
            })
        .toList();
  }

  private static void assertClose(List<Network.Tensor> weights, JsonNode golden, double tolerance) {
    for (Network.Tensor tensor : weights) {
      assertThat(tensor.value().toType(DataType.FLOAT64, true).toDoubleArray())
          .as(tensor.spec().name())
          .containsExactly(
              GoldenFile.doubles(golden.path(tensor.spec().name())), within(tolerance));
    }
  }

  /** w = (3, 4), g = (0.6, 0.8), v = (0.01, -0.02), computed by hand from the paper's code. */
  @Test
  void aStepOfLarsIsThePapers() {
    try (NDManager manager = TorchEngine.newManager()) {
      NDArray w = manager.create(new double[] {3, 4});
      Update update = new Update(spec("{'type': 'lars', 'weightDecay': 0.001}"), Optional.empty());
      try (Optimizer optimizer =
          new Optimizer(update, List.of(tensor("w", Role.CONV_WEIGHT, w)), manager)) {
        optimizer.state().values().forEach(momentum -> momentum.set(new double[] {0.01, -0.02}));
        optimizer.apply(List.of(manager.create(new double[] {0.6, 0.8})), 9.6);

        assertThat(w.toDoubleArray()).containsExactly(new double[] {2.9622, 3.9796}, within(1e-12));
      }
    }
  }

  /** w = 1, g = 0.5 throughout, learning rate 1.2, computed by hand from TensorFlow 1's code. */
  @Test
  void threeStepsOfRmsPropAreTensorFlows() {
    double[] expected = {0.37648664931, -0.83223698597, -2.59185398668};
    try (NDManager manager = TorchEngine.newManager()) {
      NDArray w = manager.create(new double[] {1});
      Update update = new Update(spec("{'type': 'rmsProp', 'weightDecay': 0}"), Optional.empty());
      try (Optimizer optimizer =
          new Optimizer(update, List.of(tensor("w", Role.CONV_WEIGHT, w)), manager)) {
        for (double value : expected) {
          optimizer.apply(List.of(manager.create(new double[] {0.5})), 1.2);

          assertThat(w.toDoubleArray()[0]).isCloseTo(value, within(1e-10));
        }
      }
    }
  }

  @Test
  void parametersOfHalfPrecisionAreRefused() {
    try (NDManager manager = TorchEngine.newManager();
        NDArray w = manager.ones(new Shape(3), DataType.FLOAT16)) {
      Update update = new Update(spec("{}"), Optional.empty());

      assertThatThrownBy(
              () -> new Optimizer(update, List.of(tensor("w", Role.CONV_WEIGHT, w)), manager))
          .hasMessage(
              "w is of float16, in which small steps are lost; parameters are fp32, whatever the"
                  + " network computes in");
    }
  }

  /** Whatever remembers something must not remember a gradient that is not finite. */
  @ParameterizedTest
  @ValueSource(strings = {"sgd", "lars", "rmsProp", "adamW"})
  void gradientsThatAreNotFiniteChangeNothingAndAreForgotten(String type) {
    try (NDManager manager = TorchEngine.newManager()) {
      NDArray w = manager.ones(new Shape(2));
      Update update = new Update(spec("{'type': '" + type + "'}"), Optional.of(1.0));
      try (Optimizer optimizer =
          new Optimizer(update, List.of(tensor("w", Role.CONV_WEIGHT, w)), manager)) {
        NDArray fine = manager.create(new float[] {3, 4});
        assertThat(optimizer.apply(List.of(fine), 0.1)).isEqualTo(5);
        float[] before = w.toFloatArray();
        Map<String, float[]> memory = new TreeMap<>();
        optimizer.state().forEach((name, value) -> memory.put(name, value.toFloatArray()));

        NDArray overflown = manager.create(new float[] {1, Float.POSITIVE_INFINITY});
        assertThat(optimizer.apply(List.of(overflown), 0.1)).isInfinite();
        assertThat(overflown.toFloatArray()).containsOnly(0);
        assertThat(w.toFloatArray()).isEqualTo(before);
        optimizer
            .state()
            .forEach((name, value) -> assertThat(value.toFloatArray()).isEqualTo(memory.get(name)));
      }
    }
  }

  @Test
  void stateIsNamedByWhatItIsAndTheParameter() {
    assertThat(names("{}")).containsExactlyInAnyOrder("momentum.w");
    assertThat(names("{'type': 'lars'}")).containsExactlyInAnyOrder("momentum.w");
    assertThat(names("{'type': 'rmsProp'}"))
        .containsExactlyInAnyOrder("meanSquare.w", "momentum.w");
    assertThat(names("{'type': 'adamW'}"))
        .containsExactlyInAnyOrder("meanGradient.w", "meanSquare.w", "optimizer.steps");
  }

  private static List<String> names(String json) {
    try (NDManager manager = TorchEngine.newManager();
        NDArray w = manager.ones(new Shape(3));
        Optimizer optimizer =
            new Optimizer(
                new Update(spec(json), Optional.empty()),
                List.of(tensor("w", Role.CONV_WEIGHT, w)),
                manager)) {
      return List.copyOf(optimizer.state().keySet());
    }
  }

  @ParameterizedTest
  @MethodSource("specs")
  void gradientsAreZeroAfterAStep(String json) {
    try (NDManager manager = TorchEngine.newManager();
        NDArray weights = manager.ones(new Shape(3));
        NDArray gradient = manager.ones(new Shape(3));
        Optimizer optimizer =
            new Optimizer(
                new Update(spec(json), Optional.of(0.5)),
                List.of(tensor("w", Role.NORM_WEIGHT, weights)),
                manager)) {
      optimizer.apply(List.of(gradient), 0.1);

      assertThat(gradient.toFloatArray()).containsOnly(0);
    }
  }

  static Stream<String> specs() {
    return SPECS.values().stream().distinct();
  }

  private static Network.Tensor tensor(String name, Role role, NDArray value) {
    List<Long> shape =
        Stream.of(value.getShape().getShape()).flatMap(OptimizerTest::boxed).toList();
    return new Network.Tensor(new TensorSpec(name, role, 0, shape), value);
  }

  private static Stream<Long> boxed(long[] values) {
    return java.util.Arrays.stream(values).boxed();
  }

  /** Weight decay is 0.01 unless it is written. */
  private static OptimizerSpec spec(String json) {
    String written = json.replace('\'', '"');
    String withDecay =
        written.contains("weightDecay\"")
            ? written
            : written.replaceFirst(
                "\\{",
                written.length() > 2 ? "{\"weightDecay\": 0.01, " : "{\"weightDecay\": 0.01");
    try {
      return ContractJson.read(withDecay, OptimizerSpec.class);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private static long[] longs(JsonNode array) {
    long[] values = new long[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = array.get(i).asLong();
    }
    return values;
  }
}

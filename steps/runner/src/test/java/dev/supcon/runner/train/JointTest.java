package dev.supcon.runner.train;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.supcon.contract.spec.Architecture;
import dev.supcon.contract.spec.EncoderSpec;
import dev.supcon.contract.spec.LossSpec;
import dev.supcon.contract.spec.Precision;
import dev.supcon.contract.spec.PretrainSpec;
import dev.supcon.contract.spec.ProjectionSpec;
import dev.supcon.contract.spec.Stem;
import dev.supcon.contract.step.ContractJson;
import dev.supcon.runner.GoldenFile;
import dev.supcon.runner.loss.BatchLoss;
import dev.supcon.runner.network.ExactNetwork;
import dev.supcon.runner.network.GoldenTensors;
import dev.supcon.runner.network.Head;
import dev.supcon.runner.network.Network;
import dev.supcon.runner.network.NetworkSpec;
import dev.supcon.runner.network.SomePixels;
import dev.supcon.runner.torchscript.TorchEngine;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The joint loss; {@code dev/oracles/joint_golden.py} made the numbers. */
final class JointTest {
  private static final JsonNode GOLDEN = GoldenFile.read("joint");
  private static final Head.Classifier CLASSIFIER =
      new Head.Classifier(GOLDEN.path("classes").asInt());
  private static final Head.Projection PROJECTION =
      new Head.Projection(
          new ProjectionSpec(
              List.of(GOLDEN.path("hidden").asInt()), GOLDEN.path("dimension").asInt(), false));
  private static final int[] LABELS = GoldenFile.ints(GOLDEN.path("labels"));
  private static final List<Integer> CLASS_SIZES = List.of(30, 20, 10, 10);
  private static final int SIDE = 16;

  private final NDManager manager = TorchEngine.newManager();

  @AfterEach
  void close() {
    manager.close();
  }

  static Stream<JsonNode> cases() {
    return GOLDEN.path("cases").valueStream();
  }

  /** In fp64, of encoder, projection and classifier, whichever of them a term may train. */
  @ParameterizedTest
  @MethodSource("cases")
  void bothTermsAndAllGradientsAreThoseOfLoopsAndAutograd(JsonNode golden) {
    LossSpec spec = read(golden.path("spec").toString(), LossSpec.class);
    try (Network network = ExactNetwork.made(spec(head(spec), Precision.FP32), manager);
        Pass pass = new Pass.Whole(Objective.of(spec, CLASS_SIZES))) {
      NDArray images = ExactNetwork.images(manager, 2 * LABELS.length, SIDE);
      BatchLoss.Joint loss = (BatchLoss.Joint) pass.run(network, images, LABELS);

      assertThat(loss.total()).isCloseTo(golden.path("total").asDouble(), within(1e-9));
      assertThat(loss.contrastive()).isCloseTo(golden.path("contrastive").asDouble(), within(1e-9));
      assertThat(loss.crossEntropy())
          .isCloseTo(golden.path("crossEntropy").asDouble(), within(1e-9));
      assertThat(loss.watched()).isEqualTo(loss.contrastive());
      Map<String, double[]> gradients = new LinkedHashMap<>();
      network
          .parameters()
          .forEach(p -> gradients.put(p.spec().name(), p.value().getGradient().toDoubleArray()));
      GoldenTensors.same(gradients, golden.path("gradients"));
    }
  }

  /** Bit by bit, in the arithmetic that trains, over two steps. */
  @ParameterizedTest
  @EnumSource(names = {"FP32", "BF16"})
  void withoutWeightOfCrossEntropyTheEncoderLearnsWhatSupConTeaches(Precision precision) {
    State joint =
        learnt(
            precision,
            "{'type': 'joint',"
                + " 'joint': {'crossEntropyWeight': 0, 'classifierGradient': 'through'}}");

    assertContains(joint, learnt(precision, "{'type': 'supCon'}"));
  }

  @ParameterizedTest
  @EnumSource(names = {"FP32", "BF16"})
  void aStoppedClassifierLearnsAndLeavesTheEncoderAlone(Precision precision) {
    State joint = learnt(precision, "{'type': 'joint', 'joint': {'crossEntropyWeight': 7}}");

    assertContains(joint, learnt(precision, "{'type': 'supCon'}"));
    assertThat(joint.of("fc.weight")).isNotEqualTo(joint.initial("fc.weight"));
  }

  /** Cross-entropy alone sees as many images as there are views here. */
  @ParameterizedTest
  @EnumSource(names = {"FP32", "BF16"})
  void withoutWeightOfTheContrastiveTermTheEncoderLearnsWhatCrossEntropyTeaches(
      Precision precision) {
    State joint =
        learnt(
            precision,
            "{'type': 'joint', 'labelSmoothing': 0.1,"
                + " 'joint': {'contrastiveWeight': 0, 'classifierGradient': 'through'}}");

    assertContains(joint, learnt(precision, "{'type': 'crossEntropy', 'labelSmoothing': 0.1}"));
    assertThat(joint.of("head.0.weight")).isEqualTo(joint.initial("head.0.weight"));
  }

  private static void assertContains(State joint, State alone) {
    alone.end().forEach((name, values) -> assertThat(joint.of(name)).as(name).isEqualTo(values));
  }

  /** By name, of a network before and after it learnt. */
  private record State(Map<String, float[]> begin, Map<String, float[]> end) {

    float[] initial(String name) {
      return begin.getOrDefault(name, new float[0]);
    }

    float[] of(String name) {
      return end.getOrDefault(name, new float[0]);
    }
  }

  private State learnt(Precision precision, String loss) {
    PretrainSpec pretrain =
        read("{'optimizer': {'weightDecay': 0}, 'loss': " + loss + "}", PretrainSpec.class);
    TrainingMethod method = TrainingMethod.of(pretrain, CLASS_SIZES);
    int[] pictures = IntStream.range(0, 2 * LABELS.length).toArray();
    int[] labels = LABELS;
    if (!pretrain.loss().type().projects()) {
      labels = IntStream.of(pictures).map(row -> LABELS[row % LABELS.length]).toArray();
    }
    NetworkSpec spec = spec(head(pretrain.loss()), precision);
    try (NDManager steps = manager.newSubManager();
        Learner learner = Learner.create(spec, 3, method, steps)) {
      Map<String, float[]> begin = learner.network().state();
      for (int step = 0; step < 2; step++) {
        learner.learn(SomePixels.of(steps, SIDE, pictures), labels, 0.1);
      }
      return new State(begin, learner.network().state());
    }
  }

  private static Head head(LossSpec loss) {
    return switch (loss.type()) {
      case JOINT ->
          new Head.Joint(PROJECTION, CLASSIFIER, requireNonNull(loss.joint()).classifierGradient());
      case CROSS_ENTROPY -> CLASSIFIER;
      default -> PROJECTION;
    };
  }

  private static NetworkSpec spec(Head head, Precision precision) {
    EncoderSpec encoder = new EncoderSpec(Architecture.RESNET18, Stem.CIFAR, 0.125, precision);
    return new NetworkSpec(encoder, head, ExactNetwork.ZERO, ExactNetwork.BYTE);
  }

  private static <T> T read(String json, Class<T> type) {
    try {
      return ContractJson.read(json.replace('\'', '"'), type);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}

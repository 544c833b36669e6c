package dev.supcon.runner.train;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.supcon.contract.spec.Architecture;
import dev.supcon.contract.spec.ClassifierGradient;
import dev.supcon.contract.spec.EncoderSpec;
import dev.supcon.contract.spec.LossScale;
import dev.supcon.contract.spec.LossSpec;
import dev.supcon.contract.spec.LossType;
import dev.supcon.contract.spec.MemorySpec;
import dev.supcon.contract.spec.OptimizerSpec;
import dev.supcon.contract.spec.Precision;
import dev.supcon.contract.spec.ProjectionSpec;
import dev.supcon.contract.spec.Stem;
import dev.supcon.runner.checkpoint.TensorBytes;
import dev.supcon.runner.network.Head;
import dev.supcon.runner.network.Network;
import dev.supcon.runner.network.NetworkSpec;
import dev.supcon.runner.network.SomePixels;
import dev.supcon.runner.optim.Update;
import dev.supcon.runner.torchscript.TorchEngine;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class LearnerTest {
  private static final int SIDE = 16;
  private static final int[] LABELS = {0, 1, 0, 1};

  private final NDManager manager = TorchEngine.newManager();

  @AfterEach
  void close() {
    manager.close();
  }

  /** All ways of a batch through the network. */
  private enum Way {
    WHOLE(LossType.SUP_CON, 1, 0, false),
    CHUNKS(LossType.SUP_CON, 1, 2, false),
    CLASSIFIER_IN_CHUNKS(LossType.CROSS_ENTROPY, 1, 2, false),
    JOINT(LossType.JOINT, 1, 0, false),
    DEVICES(LossType.SUP_CON, 2, 0, false),
    CHUNKS_ON_DEVICES(LossType.SUP_CON, 2, 1, false),
    CLASSIFIER_ON_DEVICES(LossType.CROSS_ENTROPY, 2, 0, false),
    JOINT_ON_DEVICES(LossType.JOINT, 2, 0, false),
    JOINT_IN_CHUNKS_ON_DEVICES(LossType.JOINT, 2, 1, false),
    MEMORY(LossType.SUP_CON, 1, 0, true);

    private final LossType type;
    private final int devices;
    private final int chunkSize;
    private final boolean remembers;

    Way(LossType type, int devices, int chunkSize, boolean remembers) {
      this.type = type;
      this.devices = devices;
      this.chunkSize = chunkSize;
      this.remembers = remembers;
    }

    Learner learner(NDManager manager, Optional<Double> clipNorm) {
      LossSpec loss = LossSpec.with(type, 0.1, LossScale.NONE);
      Optional<Integer> chunk = chunkSize == 0 ? Optional.empty() : Optional.of(chunkSize);
      Optional<MemorySpec> memory =
          remembers ? Optional.of(new MemorySpec(8, 0.9)) : Optional.empty();
      Head.Projection projection = new Head.Projection(new ProjectionSpec(List.of(), 8, false));
      Head.Classifier classifier = new Head.Classifier(2);
      Head head =
          switch (type) {
            case CROSS_ENTROPY -> classifier;
            case JOINT -> new Head.Joint(projection, classifier, ClassifierGradient.THROUGH);
            default -> projection;
          };
      NetworkSpec spec =
          new NetworkSpec(
              new EncoderSpec(Architecture.RESNET18, Stem.CIFAR, 0.125, Precision.FP32),
              head,
              List.of(0.5, 0.5, 0.5),
              List.of(0.25, 0.25, 0.25));
      Update update = new Update(OptimizerSpec.sgd(0.1, 0.9, 1e-4), clipNorm);
      TrainingMethod method =
          new TrainingMethod(
              loss, List.of(2, 2), update, TorchEngine.devices(devices), chunk, memory);
      return Learner.create(spec, 3, method, manager);
    }
  }

  /** What is not finite. */
  private enum Fault {
    LOSS,
    GRADIENT
  }

  static Stream<Arguments> faults() {
    return Stream.of(Way.values())
        .flatMap(
            way ->
                Stream.of(Fault.values())
                    .flatMap(
                        fault ->
                            Stream.of(Optional.<Double>empty(), Optional.of(1.0))
                                .map(clip -> Arguments.of(way, fault, clip))));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void aBatchThatIsNotFiniteChangesNoBit(Way way, Fault fault, Optional<Double> clipNorm) {
    try (Learner learner = way.learner(manager, clipNorm)) {
      assertThat(step(learner, 1).finite()).isTrue();
      spoil(learner, fault);
      SortedMap<String, TensorBytes> before = learner.tensors();

      Learner.Lesson lesson = step(learner, 100);

      assertThat(lesson.finite()).isFalse();
      assertThat(Double.isFinite(lesson.loss())).isEqualTo(fault == Fault.GRADIENT);
      assertThat(learner.tensors()).isEqualTo(before);
    }
  }

  /** Its gradients are forgotten, too: what comes next is what would have come without it. */
  @ParameterizedTest
  @MethodSource("faults")
  void theNextBatchIsLearntAsIfItHadNotBeen(Way way, Fault fault, Optional<Double> clipNorm) {
    try (Learner struck = way.learner(manager, clipNorm);
        Learner other = way.learner(manager, clipNorm)) {
      assertThat(step(struck, 1)).isEqualTo(step(other, 1));
      SortedMap<String, TensorBytes> whole = struck.tensors();
      spoil(struck, fault);
      assertThat(step(struck, 100).finite()).isFalse();
      struck.restore(whole);

      assertThat(step(struck, 200)).isEqualTo(step(other, 200));
      assertThat(struck.tensors()).isEqualTo(other.tensors());
    }
  }

  private Learner.Lesson step(Learner learner, int first) {
    try (NDManager batch = manager.newSubManager()) {
      int[] rows = new int[LABELS.length * learner.pass().viewsPerImage()];
      for (int row = 0; row < rows.length; row++) {
        rows[row] = first + row;
      }
      NDArray pixels = SomePixels.of(batch, SIDE, rows);
      return learner.learn(pixels, LABELS, 0.1);
    }
  }

  /**
   * A weight that is not a number makes the loss alike. Features of 1e30 under weights of 1e-25
   * make ordinary rows and logits, and gradients of these weights whose norm overflows.
   */
  private static void spoil(Learner learner, Fault fault) {
    switch (fault) {
      case LOSS -> scale(learner, "(fc|head.*)\\.weight", Float.NaN);
      case GRADIENT -> {
        scale(learner, "layer4\\.1\\.bn2\\.weight", 1e30f);
        scale(learner, "(fc|head.*)\\.weight", 1e-25f);
      }
    }
  }

  private static void scale(Learner learner, String names, float factor) {
    List<Network.Tensor> tensors =
        learner.network().parameters().stream()
            .filter(tensor -> tensor.spec().name().matches(names))
            .toList();
    assertThat(tensors).as(names).isNotEmpty();
    tensors.forEach(tensor -> tensor.value().stopGradient().muli(factor));
  }
}

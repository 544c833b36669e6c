package dev.supcon.runner.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import dev.supcon.contract.spec.Architecture;
import dev.supcon.contract.spec.EncoderSpec;
import dev.supcon.contract.spec.LossScale;
import dev.supcon.contract.spec.LossSpec;
import dev.supcon.contract.spec.LossType;
import dev.supcon.contract.spec.OptimizerSpec;
import dev.supcon.contract.spec.Precision;
import dev.supcon.contract.spec.ProjectionSpec;
import dev.supcon.contract.spec.Stem;
import dev.supcon.runner.loss.Targets;
import dev.supcon.runner.network.ExactNetwork;
import dev.supcon.runner.network.Head;
import dev.supcon.runner.network.Network;
import dev.supcon.runner.network.NetworkSpec;
import dev.supcon.runner.network.SomePixels;
import dev.supcon.runner.optim.Update;
import dev.supcon.runner.torchscript.TorchEngine;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several devices, for which the CPU stands in: as many copies, each with a thread of its own. */
final class ReplicasTest {
  private static final int IMAGES = 8;
  private static final NetworkSpec SPEC =
      new NetworkSpec(
          new EncoderSpec(Architecture.RESNET18, Stem.CIFAR, 0.125, Precision.FP32),
          new Head.Projection(new ProjectionSpec(List.of(), 8, false)),
          List.of(0.5, 0.5, 0.5),
          List.of(0.25, 0.25, 0.25));

  private final NDManager manager = TorchEngine.newManager();

  @AfterEach
  void close() {
    manager.close();
  }

  /**
   * Every device gets the same two images, so that batch normalisation sees the same moments
   * however many there are. Three steps with momentum and weight decay, in fp64: in fp32 three
   * steps make thousandths of what rounding differs by.
   */
  @ParameterizedTest
  @ValueSource(ints = {2, 4})
  void severalDevicesMakeTheUpdateOfOne(int devices) {
    SortedMap<String, double[]> one = learnt(1, Optional.empty(), 2, ExactNetwork::create);
    SortedMap<String, double[]> several =
        learnt(devices, Optional.empty(), 2, ExactNetwork::create);

    one.forEach(
        (name, values) ->
            assertThat(several.getOrDefault(name, new double[0]))
                .as(name)
                .containsExactly(values, within(1e-9)));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4})
  void theSameBitsComeOutEachTime(int devices) {
    SortedMap<String, double[]> once = learnt(devices, Optional.of(2), IMAGES, Network::create);
    for (int i = 0; i < 3; i++) {
      SortedMap<String, double[]> again = learnt(devices, Optional.of(2), IMAGES, Network::create);
      once.forEach((name, values) -> assertThat(again.get(name)).as(name).isEqualTo(values));
    }
  }

  /** A network by its kind, a seed and an owner. */
  private interface Maker {
    Network create(NetworkSpec spec, long seed, NDManager manager);
  }

  /** Network and running statistics behind three steps. */
  private SortedMap<String, double[]> learnt(
      int devices, Optional<Integer> chunkSize, int distinct, Maker maker) {
    TrainingMethod method =
        new TrainingMethod(
            LossSpec.with(LossType.SUP_CON, 0.1, LossScale.NONE),
            List.of(4, 4),
            new Update(OptimizerSpec.sgd(0.05, 0.9, 1e-4), Optional.empty()),
            Collections.nCopies(devices, Device.cpu()),
            chunkSize,
            Optional.empty());
    int[] labels = new int[IMAGES];
    Arrays.setAll(labels, i -> i % 2);
    try (Learner learner = Learner.of(maker.create(SPEC, 3, manager), method, manager)) {
      for (int step = 0; step < 3; step++) {
        int first = 10 * step;
        try (NDManager batch = manager.newSubManager()) {
          int[] rows = new int[2 * IMAGES];
          Arrays.setAll(rows, row -> first + row % distinct + (row < IMAGES ? 0 : 100));
          NDArray pixels = SomePixels.of(batch, 16, rows);
          learner.learn(pixels, labels, 0.05);
        }
      }
      return numbers(learner.network());
    }
  }

  private static SortedMap<String, double[]> numbers(Network network) {
    SortedMap<String, double[]> numbers = new TreeMap<>();
    Stream.concat(network.parameters().stream(), network.buffers().stream())
        .forEach(
            tensor -> {
              NDArray exact = tensor.value().stopGradient().toType(DataType.FLOAT64, true);
              numbers.put(tensor.spec().name(), exact.toDoubleArray());
              exact.close();
            });
    return numbers;
  }

  /** Chunks add to the gradients where they are. */
  @Test
  void gradientsComeTogetherOnceAndNothingIsLeftOnTheCopies() {
    try (Network network = Network.create(SPEC, 3, manager);
        Network alone = Network.create(SPEC, 3, manager);
        NDManager batch = manager.newSubManager();
        Replicas replicas = new Replicas(network, Collections.nCopies(2, Device.cpu()), manager);
        Replicas first = new Replicas(alone, List.of(Device.cpu()), manager)) {
      NDArray pixels = SomePixels.of(batch, 16, 0, 1, 2, 3, 4, 5, 6, 7);
      replicas.copyParameters();
      back(
          replicas,
          replicas.shares(
              pixels, Targets.of(new int[8]), new Blocks(8, 4, 1), new Blocks(4, 2, 1), batch));
      NDArray half = pixels.get(new NDIndex("0:4"));
      back(
          first,
          first.shares(
              half, Targets.of(new int[4]), new Blocks(4, 4, 1), new Blocks(4, 2, 1), batch));

      assertThat(gradient(network)).isEqualTo(gradient(alone));
      replicas.sumGradients();
      float[] sum = gradient(network);
      assertThat(sum).isNotEqualTo(gradient(alone));
      replicas.sumGradients();
      assertThat(gradient(network)).isEqualTo(sum);
    }
  }

  private static void back(Replicas replicas, List<Share> shares) {
    replicas.each(
        r -> {
          NDArray outputs = shares.get(r).embed();
          NDArray gradient = outputs.getManager().zeros(outputs.getShape());
          gradient.set(new NDIndex(":, 0"), 1);
          shares.get(r).backward(outputs, gradient);
        });
  }

  private static float[] gradient(Network network) {
    return network.parameters().getFirst().value().getGradient().toFloatArray();
  }

  /** Whoever frees the batch must know that nobody computes with it any more. */
  @Test
  void whatFailsOnOneDeviceIsThrownWhenTheOthersAreDone() {
    try (Network network = Network.create(SPEC, 3, manager);
        Replicas replicas = new Replicas(network, Collections.nCopies(3, Device.cpu()), manager)) {
      AtomicInteger done = new AtomicInteger();

      assertThatThrownBy(() -> replicas.each(r -> work(r, done)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("device 1");
      assertThat(done).hasValue(2);
    }
  }

  private static void work(int device, AtomicInteger done) {
    if (device == 1) {
      throw new IllegalArgumentException("device " + device);
    }
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    done.incrementAndGet();
  }
}

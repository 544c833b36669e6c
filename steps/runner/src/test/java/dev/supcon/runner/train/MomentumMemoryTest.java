package dev.supcon.runner.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import dev.supcon.contract.spec.Architecture;
import dev.supcon.contract.spec.EncoderSpec;
import dev.supcon.contract.spec.LossScale;
import dev.supcon.contract.spec.LossSpec;
import dev.supcon.contract.spec.LossType;
import dev.supcon.contract.spec.MemorySpec;
import dev.supcon.contract.spec.Precision;
import dev.supcon.contract.spec.ProjectionSpec;
import dev.supcon.contract.spec.Stem;
import dev.supcon.runner.checkpoint.TensorBytes;
import dev.supcon.runner.loss.QueueLoss;
import dev.supcon.runner.network.Head;
import dev.supcon.runner.network.Network;
import dev.supcon.runner.network.NetworkSpec;
import dev.supcon.runner.network.SomePixels;
import dev.supcon.runner.torchscript.Tensors;
import dev.supcon.runner.torchscript.TorchEngine;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class MomentumMemoryTest {
  private static final int SIDE = 16;
  private static final LossSpec LOSS = LossSpec.with(LossType.SUP_CON, 0.1, LossScale.NONE);
  private static final NetworkSpec SPEC =
      new NetworkSpec(
          new EncoderSpec(Architecture.RESNET18, Stem.CIFAR, 0.125, Precision.FP32),
          new Head.Projection(new ProjectionSpec(List.of(), 8, false)),
          List.of(0.5, 0.5, 0.5),
          List.of(0.25, 0.25, 0.25));

  private final NDManager manager = TorchEngine.newManager();
  private final Network network = Network.create(SPEC, 3, manager);
  private final MomentumMemory memory = memory();

  private MomentumMemory memory() {
    return new MomentumMemory(
        LOSS, new MemorySpec(6, 0.75), Network.create(SPEC, 3, manager), manager);
  }

  @AfterEach
  void close() {
    memory.close();
    network.close();
    manager.close();
  }

  /** Two images, whose second views are other pictures. */
  private double run(MomentumMemory pass, int first, int... labels) {
    NDArray pixels = SomePixels.of(manager, SIDE, first, first + 1, first + 100, first + 101);
    double loss = pass.run(network, pixels, labels).total();
    pass.stepped(network);
    return loss;
  }

  @Test
  void theFirstBatchIsHeldAgainstItsOwnKeysAlone() {
    NDArray pixels = SomePixels.of(manager, SIDE, 1, 2, 101, 102);
    NDArray queries;
    NDArray keys;
    try (Network twin = Network.create(SPEC, 3, manager)) {
      queries = twin.embed(pixels.get(new NDIndex("0:2")));
      keys = twin.embed(pixels.get(new NDIndex("2:")));
    }
    try (QueueLoss loss = new QueueLoss(LOSS)) {
      NDArray labels = Tensors.longs(manager, new long[] {0, 1}, 2);
      assertThat(memory.run(network, pixels, new int[] {0, 1}).total())
          .isCloseTo(loss.of(queries, keys, labels, labels).loss(), within(1e-6));
    }
  }

  @Test
  void keysEnterOnceWithTheirLabelsAfterTheirOwnBatchAndReplaceTheOldest() {
    assertThat(labels(memory)).containsOnly(-1);
    run(memory, 1, 7, 8);
    float[] first = part(memory, "memory.keys").floats();
    assertThat(labels(memory)).containsExactly(7, 8, -1, -1, -1, -1);
    run(memory, 3, 5, 6);
    run(memory, 5, 3, 4);
    run(memory, 7, 1, 2);

    assertThat(labels(memory)).containsExactly(1, 2, 5, 6, 3, 4);
    float[] last = part(memory, "memory.keys").floats();
    assertThat(last[0]).isNotEqualTo(first[0]);
    assertThat(part(memory, "memory.next").longs()).containsExactly(2);
  }

  private static TensorBytes part(MomentumMemory memory, String name) {
    return Objects.requireNonNull(memory.state().get(name), name);
  }

  private static long[] labels(MomentumMemory memory) {
    return part(memory, "memory.labels").longs();
  }

  @Test
  void theKeyEncoderKeepsItsShareOfItself() {
    NDArray weight = network.parameters().getFirst().value();
    String name = "memory.encoder." + network.parameters().getFirst().spec().name();
    float before = part(memory, name).floats()[0];
    weight.stopGradient().addi(4);
    memory.stepped(network);

    assertThat(part(memory, name).floats()[0]).isCloseTo(before + 1, within(1e-5f));
  }

  /**
   * No gradient reaches it, and its normalisation keeps statistics of its own. The trained network
   * is the same here, so there is nothing to follow.
   */
  @Test
  void aBatchChangesOnlyTheKeyEncodersStatistics() {
    Map<String, TensorBytes> before = memory.state();
    memory.run(network, SomePixels.of(manager, SIDE, 1, 2, 101, 102), new int[] {0, 1});
    Map<String, TensorBytes> after = memory.state();

    network
        .parameters()
        .forEach(
            tensor -> {
              String name = "memory.encoder." + tensor.spec().name();
              assertThat(after.get(name)).as(name).isEqualTo(before.get(name));
            });
    String mean = "memory.encoder.bn1.running_mean";
    assertThat(after.get(mean)).isNotEqualTo(before.get(mean));
  }

  @Test
  void keysOfABatchThatWasNotLearntFromNeverEnter() {
    memory.run(network, SomePixels.of(manager, SIDE, 1, 2, 101, 102), new int[] {7, 8});
    run(memory, 3, 5, 6);

    assertThat(labels(memory)).containsExactly(5, 6, -1, -1, -1, -1);
  }

  @Test
  void theStateIsAllThatItRemembers() {
    run(memory, 1, 0, 1);
    try (MomentumMemory other = memory()) {
      other.restore(memory.state());

      assertThat(other.state()).isEqualTo(memory.state());
    }
  }

  @Test
  void equalAnswersCostTheLogarithmOfAllKeys() {
    assertThat(memory.indifferent(2)).isCloseTo(Math.log(8), within(1e-6));
  }
}

package dev.supcon.runner.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.supcon.contract.spec.Architecture;
import dev.supcon.contract.spec.ClassifierGradient;
import dev.supcon.contract.spec.EncoderSpec;
import dev.supcon.contract.spec.LossScale;
import dev.supcon.contract.spec.LossSpec;
import dev.supcon.contract.spec.LossType;
import dev.supcon.contract.spec.Precision;
import dev.supcon.contract.spec.ProjectionSpec;
import dev.supcon.contract.spec.Stem;
import dev.supcon.runner.loss.NaiveSupCon;
import dev.supcon.runner.loss.Targets;
import dev.supcon.runner.network.ExactNetwork;
import dev.supcon.runner.network.Head;
import dev.supcon.runner.network.Network;
import dev.supcon.runner.network.NetworkSpec;
import dev.supcon.runner.network.SomePixels;
import dev.supcon.runner.torchscript.TorchEngine;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class GradCacheTest {
  private static final int SIDE = 16;
  private static final int IMAGES = 16;
  private static final Split WHOLE = new Split(1, 0);

  private final NDManager manager = TorchEngine.newManager();

  @AfterEach
  void close() {
    manager.close();
  }

  /**
   * Every part holds the same images, so that batch normalisation sees the same moments whatever
   * the parts: what is left is GradCache itself.
   */
  @ParameterizedTest
  @MethodSource("headsInParts")
  void theNumberOfChunksAndDevicesDoesNotChangeTheGradients(Head head, Split split) {
    int[] images = new int[IMAGES];
    Arrays.setAll(images, i -> i % 2);
    int[] labels = images.clone();

    Run whole = run(head, images, labels, WHOLE);
    Run parts = run(head, images, labels, split);

    assertThat(parts.loss()).isCloseTo(whole.loss(), within(1e-9));
    assertNear(parts.gradients(), whole.gradients(), 1e-9);
  }

  /** A device computes what a chunk would, and the devices' gradients are added as chunks' are. */
  @ParameterizedTest
  @MethodSource("headsOnDevices")
  void devicesGiveTheBitsOfAsManyChunks(Head head, int devices) {
    Run chunks = run(head, distinct(), labels(), new Split(1, IMAGES / devices));
    Run parts = run(head, distinct(), labels(), new Split(devices, 0));

    assertThat(parts.loss()).isEqualTo(chunks.loss());
    assertNear(parts.gradients(), chunks.gradients(), 0);
    assertNear(parts.statistics(), chunks.statistics(), 0);
  }

  static Stream<Arguments> headsOnDevices() {
    return heads().stream()
        .flatMap(head -> Stream.of(2, 4).map(devices -> Arguments.of(head, devices)));
  }

  @ParameterizedTest
  @MethodSource("heads")
  void chunksOnSeveralDevicesAreChunks(Head head) {
    Run chunks = run(head, distinct(), labels(), new Split(1, 4));
    Run parts = run(head, distinct(), labels(), new Split(2, 4));

    assertThat(parts.loss()).isEqualTo(chunks.loss());
    assertNear(parts.gradients(), chunks.gradients(), 1e-9);
    assertNear(parts.statistics(), chunks.statistics(), 1e-9);
  }

  static Stream<Arguments> headsInParts() {
    List<Split> splits =
        List.of(
            new Split(1, 8),
            new Split(1, 4),
            new Split(1, 2),
            new Split(2, 0),
            new Split(4, 0),
            new Split(2, 4),
            new Split(4, 2));
    return heads().stream()
        .flatMap(head -> splits.stream().map(split -> Arguments.of(head, split)));
  }

  static List<Head> heads() {
    return List.of(
        projection(), joint(ClassifierGradient.THROUGH), joint(ClassifierGradient.STOPPED));
  }

  @ParameterizedTest
  @MethodSource("heads")
  void aChunkOfTheBatchsSizeIsTheBatch(Head head) {
    Run whole = run(head, distinct(), labels(), WHOLE);
    Run chunked = run(head, distinct(), labels(), new Split(1, IMAGES));

    assertThat(chunked.loss()).isEqualTo(whole.loss());
    assertNear(chunked.gradients(), whole.gradients(), 0);
    assertNear(chunked.statistics(), whole.statistics(), 1e-9);
  }

  /** The first normalisation sees the same values in chunks and at once. */
  @Test
  void theRunningStatisticsChangeOnceByTheMomentsOfAll() {
    Run whole = run(projection(), distinct(), labels(), WHOLE);
    Run chunked = run(projection(), distinct(), labels(), new Split(1, 4));

    for (String name : List.of("bn1.running_mean", "bn1.running_var")) {
      assertThat(chunked.statistics().getOrDefault(name, new double[0]))
          .containsExactly(whole.statistics().getOrDefault(name, new double[0]), within(1e-9));
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 4", "2, 0", "2, 4", "4, 0"})
  void crossEntropyGivesTheMeanOfTheParts(int devices, int chunkSize) {
    int[] images = new int[IMAGES];
    Arrays.setAll(images, i -> i % 4);
    int[] others = new int[IMAGES];
    Arrays.setAll(others, i -> i / 3 % 4);
    for (Targets targets : List.of(Targets.of(images), new Targets(images, others, 0.3))) {
      Run whole = run(new Head.Classifier(4), images, targets, WHOLE);
      Run chunked = run(new Head.Classifier(4), images, targets, new Split(devices, chunkSize));

      assertThat(chunked.loss()).isCloseTo(whole.loss(), within(1e-9));
      assertNear(chunked.gradients(), whole.gradients(), 1e-9);
    }
  }

  /** Every chunk's graph is kept, and autograd goes back through all of them at once. */
  @ParameterizedTest
  @CsvSource({"1, 8", "1, 4", "1, 2", "4, 0", "2, 4"})
  void theGradientsAreThoseOfGhostNormalisationByAutograd(int devices, int chunk) {
    Split split = new Split(devices, chunk);
    Map<String, double[]> chunked = run(projection(), distinct(), labels(), split).gradients();
    int chunkSize = chunk == 0 ? IMAGES / devices : chunk;

    try (Network network = ExactNetwork.create(spec(projection()), 3, manager);
        NDManager batch = manager.newSubManager()) {
      NDList[] views = {new NDList(), new NDList()};
      for (int from = 0; from < IMAGES; from += chunkSize) {
        int[] images = Arrays.copyOfRange(distinct(), from, from + chunkSize);
        NDArray output = network.forward(SomePixels.of(batch, SIDE, rows(images, 2)));
        JniUtils.setGradMode(true);
        views[0].add(output.get(new NDIndex("0:{}", chunkSize)));
        views[1].add(output.get(new NDIndex("{}:", chunkSize)));
        JniUtils.setGradMode(false);
      }
      JniUtils.setGradMode(true);
      NDArray all = NDArrays.concat(both(views[0], views[1]), 0);
      int[] twice = Arrays.copyOf(labels(), 2 * IMAGES);
      System.arraycopy(labels(), 0, twice, IMAGES, IMAGES);
      NDArray loss = NaiveSupCon.dense(all, twice, 0.1);
      JniUtils.backward((PtNDArray) loss, (PtNDArray) batch.create(1.0), false, false);
      JniUtils.setGradMode(false);
      assertNear(
          chunked, numbers(network.parameters(), tensor -> tensor.value().getGradient()), 1e-9);
    }
  }

  private static NDList both(NDList first, NDList second) {
    NDList both = new NDList(first);
    both.addAll(second);
    return both;
  }

  private record Run(
      double loss, Map<String, double[]> gradients, Map<String, double[]> statistics) {}

  /**
   * @param chunkSize 0: all images of a device at once
   */
  private record Split(int devices, int chunkSize) {}

  private Run run(Head head, int[] images, int[] labels, Split split) {
    return run(head, images, Targets.of(labels), split);
  }

  private Run run(Head head, int[] images, Targets targets, Split split) {
    LossSpec loss =
        switch (head) {
          case Head.Classifier ignored ->
              LossSpec.with(LossType.CROSS_ENTROPY, 0.1, LossScale.TAU_OVER_BASE);
          case Head.Joint ignored -> LossSpec.with(LossType.JOINT, 0.1, LossScale.NONE);
          default -> LossSpec.with(LossType.SUP_CON, 0.1, LossScale.NONE);
        };
    try (Network network = ExactNetwork.create(spec(head), 3, manager);
        NDManager batch = manager.newSubManager();
        Pass pass = pass(Objective.of(loss, List.of(4, 4, 4, 4)), split, network)) {
      NDArray pixels = SomePixels.of(batch, SIDE, rows(images, pass.viewsPerImage()));
      double value = pass.run(network, pixels, targets).total();
      return new Run(
          value,
          numbers(network.parameters(), tensor -> tensor.value().getGradient()),
          numbers(network.buffers(), Network.Tensor::value));
    }
  }

  private static NetworkSpec spec(Head head) {
    EncoderSpec encoder = new EncoderSpec(Architecture.RESNET18, Stem.CIFAR, 0.125, Precision.FP32);
    return new NetworkSpec(encoder, head, List.of(0.5, 0.5, 0.5), List.of(0.25, 0.25, 0.25));
  }

  private Pass pass(Objective objective, Split split, Network network) {
    return split.equals(WHOLE)
        ? new Pass.Whole(objective)
        : new GradCache(
            objective,
            Optional.of(split.chunkSize()).filter(size -> size > 0),
            new Replicas(network, Collections.nCopies(split.devices(), Device.cpu()), manager));
  }

  private static Head joint(ClassifierGradient gradient) {
    return new Head.Joint(projection(), new Head.Classifier(4), gradient);
  }

  private static Head.Projection projection() {
    return new Head.Projection(new ProjectionSpec(List.of(), 16, false));
  }

  private static int[] distinct() {
    int[] images = new int[IMAGES];
    Arrays.setAll(images, i -> i);
    return images;
  }

  private static int[] labels() {
    int[] labels = new int[IMAGES];
    Arrays.setAll(labels, i -> i % 3);
    return labels;
  }

  /** The second view of an image is another picture. */
  private static int[] rows(int[] images, int views) {
    int[] rows = new int[views * images.length];
    Arrays.setAll(rows, row -> images[row % images.length] + (row < images.length ? 0 : 100));
    return rows;
  }

  private static Map<String, double[]> numbers(
      List<Network.Tensor> tensors, Function<Network.Tensor, NDArray> of) {
    Map<String, double[]> numbers = new TreeMap<>();
    for (Network.Tensor tensor : tensors) {
      numbers.put(tensor.spec().name(), of.apply(tensor).toDoubleArray());
    }
    return numbers;
  }

  /** Each tensor by its norm; single tensors, of which some are small, a hundred times looser. */
  private static void assertNear(
      Map<String, double[]> found, Map<String, double[]> expected, double tolerance) {
    double differences = 0;
    double norms = 0;
    for (Map.Entry<String, double[]> tensor : expected.entrySet()) {
      double[] values = tensor.getValue();
      double[] other = found.getOrDefault(tensor.getKey(), new double[0]);
      double difference = 0;
      double norm = 0;
      for (int i = 0; i < values.length; i++) {
        difference += (other[i] - values[i]) * (other[i] - values[i]);
        norm += values[i] * values[i];
      }
      assertThat(Math.sqrt(difference / norm))
          .as(tensor.getKey())
          .isLessThanOrEqualTo(100 * tolerance);
      differences += difference;
      norms += norm;
    }
    assertThat(Math.sqrt(differences / norms)).as("all").isLessThanOrEqualTo(tolerance);
  }
}

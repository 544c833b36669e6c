package dev.supcon.runner.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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
import dev.supcon.runner.network.ExactNetwork;
import dev.supcon.runner.network.Head;
import dev.supcon.runner.network.Network;
import dev.supcon.runner.network.NetworkSpec;
import dev.supcon.runner.network.SomePixels;
import dev.supcon.runner.torchscript.TorchEngine;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class GradCacheTest {
  private static final int SIDE = 16;
  private static final int IMAGES = 16;

  private final NDManager manager = TorchEngine.newManager();

  @AfterEach
  void close() {
    manager.close();
  }

  /**
   * Every chunk holds the same images, so that batch normalisation sees the same moments whatever
   * the chunk: what is left is GradCache itself.
   */
  @ParameterizedTest
  @MethodSource("headsInChunks")
  void theNumberOfChunksDoesNotChangeTheGradients(Head head, int chunkSize) {
    int[] images = new int[IMAGES];
    Arrays.setAll(images, i -> i % 2);
    int[] labels = images.clone();

    Map<String, double[]> whole = gradients(head, images, labels, IMAGES).gradients();
    Map<String, double[]> chunked = gradients(head, images, labels, chunkSize).gradients();

    assertNear(chunked, whole, 1e-9);
  }

  static Stream<Arguments> headsInChunks() {
    return Stream.of(projection(), joint(ClassifierGradient.THROUGH))
        .flatMap(head -> Stream.of(8, 4, 2).map(chunkSize -> Arguments.of(head, chunkSize)));
  }

  static List<Head> heads() {
    return List.of(
        projection(), joint(ClassifierGradient.THROUGH), joint(ClassifierGradient.STOPPED));
  }

  @ParameterizedTest
  @MethodSource("heads")
  void aChunkOfTheBatchsSizeIsTheBatch(Head head) {
    Run whole = gradients(head, distinct(), labels(), 0);
    Run chunked = gradients(head, distinct(), labels(), IMAGES);

    assertThat(chunked.loss()).isEqualTo(whole.loss());
    assertNear(chunked.gradients(), whole.gradients(), 0);
    assertNear(chunked.statistics(), whole.statistics(), 1e-9);
  }

  /** The first normalisation sees the same values in chunks and at once. */
  @Test
  void theRunningStatisticsChangeOnceByTheMomentsOfAll() {
    Run whole = gradients(projection(), distinct(), labels(), 0);
    Run chunked = gradients(projection(), distinct(), labels(), 4);

    for (String name : List.of("bn1.running_mean", "bn1.running_var")) {
      assertThat(chunked.statistics().getOrDefault(name, new double[0]))
          .containsExactly(whole.statistics().getOrDefault(name, new double[0]), within(1e-9));
    }
  }

  @Test
  void crossEntropyNeedsOnePassAndGivesTheMeanOfTheChunks() {
    int[] images = new int[IMAGES];
    Arrays.setAll(images, i -> i % 4);
    Run whole = gradients(new Head.Classifier(4), images, images, 0);
    Run chunked = gradients(new Head.Classifier(4), images, images, 4);

    assertThat(chunked.loss()).isCloseTo(whole.loss(), within(1e-9));
    assertNear(chunked.gradients(), whole.gradients(), 1e-9);
  }

  /** Every chunk's graph is kept, and autograd goes back through all of them at once. */
  @ParameterizedTest
  @ValueSource(ints = {8, 4, 2})
  void theGradientsAreThoseOfGhostNormalisationByAutograd(int chunkSize) {
    Map<String, double[]> chunked =
        gradients(projection(), distinct(), labels(), chunkSize).gradients();

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
   * @param chunkSize 0: all at once, without GradCache
   */
  private Run gradients(Head head, int[] images, int[] labels, int chunkSize) {
    LossSpec loss =
        switch (head) {
          case Head.Classifier ignored ->
              LossSpec.with(LossType.CROSS_ENTROPY, 0.1, LossScale.TAU_OVER_BASE);
          case Head.Joint ignored -> LossSpec.with(LossType.JOINT, 0.1, LossScale.NONE);
          default -> LossSpec.with(LossType.SUP_CON, 0.1, LossScale.NONE);
        };
    try (Network network = ExactNetwork.create(spec(head), 3, manager);
        NDManager batch = manager.newSubManager();
        Pass pass = pass(Objective.of(loss, List.of(4, 4, 4, 4)), chunkSize, network)) {
      NDArray pixels = SomePixels.of(batch, SIDE, rows(images, pass.viewsPerImage()));
      double value = pass.run(network, pixels, labels).total();
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

  private Pass pass(Objective objective, int chunkSize, Network network) {
    return chunkSize == 0
        ? new Pass.Whole(objective)
        : new GradCache(objective, chunkSize, network, manager);
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

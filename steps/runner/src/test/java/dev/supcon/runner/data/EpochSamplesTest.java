package dev.supcon.runner.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.supcon.contract.spec.BatchComposition;
import dev.supcon.contract.spec.BatchesSpec;
import dev.supcon.contract.step.StepFailure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EpochSamplesTest {
  private static final BatchesSpec BALANCED =
      new BatchesSpec(BatchComposition.CLASS_BALANCED, null);

  /**
   * 400 images of class 0, 100 of 1, 50 of 2, 7 of 3, none of 4, 2 of 5, in turn while they last.
   */
  private static final int[] SIZES = {400, 100, 50, 7, 0, 2};

  private static final int[] LABELS =
      IntStream.range(0, 400 * 6).filter(i -> i / 6 < SIZES[i % 6]).map(i -> i % 6).toArray();

  private static final int CLASSES = 5; // that have images

  @ParameterizedTest
  @ValueSource(ints = {4, 5, 16, 32, 100})
  void aBalancedBatchHasEveryClassAsOftenOrOnceMore(int batchSize) {
    for (int[] batch : batches(BALANCED, 0, batchSize)) {
      int[] counts = counts(batch);
      assertThat(counts[4]).isZero();
      counts[4] = counts[0];
      assertThat(Arrays.stream(counts).max().getAsInt() - Arrays.stream(counts).min().getAsInt())
          .isLessThanOrEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 8})
  void aBatchHasSoManySamplesOfEachOfItsClasses(int samples) {
    for (int[] batch : batches(times(samples), 0, 4 * samples)) {
      assertThat(Arrays.stream(counts(batch)).filter(count -> count > 0))
          .containsExactly(samples, samples, samples, samples);
    }
  }

  @Test
  void anImageIsInABatchOnceUnlessItsClassIsTooSmall() {
    for (int[] batch : batches(times(7), 1, 28)) {
      for (int label = 0; label < 6; label++) {
        int own = label;
        int[] images = Arrays.stream(batch).filter(i -> LABELS[i] == own).toArray();
        long different = Arrays.stream(images).distinct().count();
        assertThat(different).isEqualTo(Math.min(images.length, SIZES[label]));
      }
      int[] twos = Arrays.stream(batch).filter(i -> LABELS[i] == 5).sorted().toArray();
      assertThat(twos.length == 0 ? 3 : Arrays.stream(twos).filter(i -> i == twos[0]).count())
          .isBetween(3L, 4L); // seven of two
    }
  }

  /** As many steps as without it, so that schedules compare; a class goes round and round. */
  @ParameterizedTest
  @ValueSource(ints = {4, 32})
  void anEpochHasTheShuffledBatchesAndAClassShowsEachImageAsOftenOrOnceMore(int batchSize) {
    EpochSamples epoch = EpochSamples.of(BALANCED, 3, 0, LABELS, batchSize);
    int[] shown = new int[LABELS.length];
    Arrays.stream(epoch.samples()).forEach(i -> shown[i]++);

    assertThat(epoch.samples()).hasSize(LABELS.length / batchSize * batchSize);
    for (int label : new int[] {0, 1, 2, 3, 5}) {
      int[] times = of(label, shown);
      assertThat(Arrays.stream(times).max().getAsInt() - Arrays.stream(times).min().getAsInt())
          .isLessThanOrEqualTo(label < 4 ? 1 : 2); // a batch of 32 goes round the two thrice
    }
  }

  @Test
  void everyShowingOfAnImageHasItsNumber() {
    EpochSamples epoch = EpochSamples.of(BALANCED, 3, 0, LABELS, 32);
    int image =
        IntStream.range(0, LABELS.length).filter(i -> LABELS[i] == 5).findFirst().orElseThrow();
    List<Integer> showings = new ArrayList<>();
    for (int i = 0; i < epoch.samples().length; i++) {
      if (epoch.samples()[i] == image) { // one of two
        showings.add(epoch.showings()[i]);
      }
    }
    assertThat(showings)
        .hasSizeGreaterThan(30)
        .isEqualTo(IntStream.range(0, showings.size()).boxed().toList());
    assertThat(EpochSamples.shuffled(3, 0, 100).showings()).containsOnly(0);
  }

  /**
   * 4 of 5 classes, 139 batches, 50 epochs: a chi-square of 4 degrees is below 18.5 with p = 0.001.
   */
  @Test
  void overEpochsClassesAreAsLikelyAsOneAnother() {
    long[] counts = new long[6];
    for (int epoch = 0; epoch < 50; epoch++) {
      for (int[] batch : batches(times(1), epoch, 4)) {
        Arrays.stream(batch).forEach(i -> counts[LABELS[i]]++);
      }
    }
    assertThat(counts[4]).isZero();
    assertThat(square(IntStream.of(0, 1, 2, 3, 5).mapToLong(c -> counts[c]).toArray()))
        .isLessThan(18.5);
  }

  /**
   * An epoch shows 111 or 112 of the 400: a chi-square of 399 degrees lies in 322…486 with p =
   * 0.998.
   */
  @Test
  void overEpochsImagesOfAClassAreAsLikelyAsOneAnother() {
    int[] shown = new int[LABELS.length];
    for (int epoch = 0; epoch < 200; epoch++) {
      for (int[] batch : batches(BALANCED, epoch, 5)) {
        Arrays.stream(batch).forEach(i -> shown[i]++);
      }
    }
    long[] ofFirst = Arrays.stream(of(0, shown)).asLongStream().toArray();
    double withoutReplacement = 1 - Arrays.stream(ofFirst).sum() / 200.0 / 400;
    assertThat(square(ofFirst) / withoutReplacement).isBetween(322.0, 486.0);
  }

  /** Batch normalisation of a part of the batch must not see a class. */
  @Test
  void aClassHasNoPlaceOfItsOwnInABatch() {
    long[] first = new long[6];
    for (int epoch = 0; epoch < 50; epoch++) {
      for (int[] batch : batches(times(2), epoch, 10)) {
        first[LABELS[batch[0]]]++;
      }
    }
    assertThat(square(IntStream.of(0, 1, 2, 3, 5).mapToLong(c -> first[c]).toArray()))
        .isLessThan(18.5);
  }

  @Test
  void seedAndEpochDecide() {
    for (BatchesSpec spec : List.of(BALANCED, times(4))) {
      int[] samples = EpochSamples.of(spec, 1, 2, LABELS, 16).samples();
      assertThat(EpochSamples.of(spec, 1, 2, LABELS, 16).samples()).isEqualTo(samples);
      assertThat(EpochSamples.of(spec, 1, 3, LABELS, 16).samples()).isNotEqualTo(samples);
      assertThat(EpochSamples.of(spec, 2, 2, LABELS, 16).samples()).isNotEqualTo(samples);
    }
  }

  @Test
  void aBatchOfMoreClassesThanThereAreIsRefused() {
    assertThatThrownBy(() -> EpochSamples.of(times(2), 0, 0, LABELS, 12))
        .isInstanceOf(StepFailure.class)
        .hasMessage(
            "pretrain.batches.samplesPerClass is 2, so that a batch of 12 has 6 classes, but the"
                + " training set has 5; write a larger one, or a smaller pretrain.batchSize");
    assertThat(batches(times(2), 0, 2 * CLASSES)).isNotEmpty();
  }

  private static BatchesSpec times(int samples) {
    return new BatchesSpec(BatchComposition.CLASSES_TIMES_SAMPLES, samples);
  }

  private static List<int[]> batches(BatchesSpec spec, int epoch, int batchSize) {
    int[] samples = EpochSamples.of(spec, 3, epoch, LABELS, batchSize).samples();
    return IntStream.range(0, samples.length / batchSize)
        .mapToObj(b -> Arrays.copyOfRange(samples, b * batchSize, (b + 1) * batchSize))
        .toList();
  }

  private static int[] counts(int... batch) {
    int[] counts = new int[6];
    Arrays.stream(batch).forEach(i -> counts[LABELS[i]]++);
    return counts;
  }

  private static int[] of(int label, int... shown) {
    return IntStream.range(0, LABELS.length)
        .filter(i -> LABELS[i] == label)
        .map(i -> shown[i])
        .toArray();
  }

  private static double square(long... counts) {
    double expected = Arrays.stream(counts).average().orElseThrow();
    return Arrays.stream(counts).mapToDouble(n -> (n - expected) * (n - expected) / expected).sum();
  }
}

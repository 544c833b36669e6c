package dev.supcon.runner.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.supcon.contract.spec.LabelNoiseSpec;
import dev.supcon.contract.spec.SubsetSpec;
import dev.supcon.contract.spec.TrainingSetSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LabelNoiseTest {
  private static final int CLASSES = 5;

  /** 2,000 images of class 0, 1,000 of class 1, 100 of class 2, 5 of class 3, none of class 4. */
  private static final int[] LABELS =
      IntStream.range(0, 3105).map(i -> i < 2000 ? 0 : i < 3000 ? 1 : i < 3100 ? 2 : 3).toArray();

  private static final PackedSplit CLEAN = PackedSplit.of(1, new byte[3 * LABELS.length], LABELS);

  @ParameterizedTest
  @CsvSource({
    "0.2, 400, 200, 20, 1",
    "0.5, 1000, 500, 50, 3",
    "1, 2000, 1000, 100, 5",
    "0, 0, 0, 0, 0"
  })
  void theFractionOfEachClassIsWrong(double fraction, int zeros, int ones, int twos, int threes) {
    int[] changed = new int[4];
    changed(noisy(fraction, 0)).forEach(i -> changed[LABELS[i]]++);

    assertThat(changed).containsExactly(zeros, ones, twos, threes);
  }

  /** Chi-square of 3 degrees for each class: below 16.3 with p = 0.001. */
  @Test
  void theOtherClassesAreAsLikelyAsOneAnother() {
    int[] noisy = noisy(1, 7);
    for (int label = 0; label < 2; label++) {
      int own = label;
      long[] counts = new long[CLASSES];
      IntStream.range(0, LABELS.length)
          .filter(i -> LABELS[i] == own)
          .forEach(i -> counts[noisy[i]]++);
      double expected = Arrays.stream(counts).sum() / 4.0;
      double square =
          IntStream.range(0, CLASSES)
              .filter(other -> other != own)
              .mapToDouble(other -> (counts[other] - expected) * (counts[other] - expected))
              .sum();
      assertThat(counts[own]).isZero();
      assertThat(square / expected).isLessThan(16.3);
    }
  }

  @Test
  void withOneSeedTheWrongLabelsOfLessNoiseAreAmongThoseOfMore() {
    int[] less = noisy(0.2, 3);
    int[] more = noisy(0.4, 3);

    assertThat(changed(less)).allMatch(i -> more[i] == less[i]);
    assertThat(noisy(0.2, 3)).isEqualTo(less);
    assertThat(noisy(0.2, 4)).isNotEqualTo(less);
  }

  /** An image's draw is that of its place in the pack. */
  @Test
  void inASubsetAnImageGetsTheLabelThatItHasInTheWhole() {
    PackedSplit part = Subset.of(CLEAN, CLASSES, new SubsetSpec(0.3, null, 1L));
    PackedSplit noisy = LabelNoise.on(part, CLASSES, new LabelNoiseSpec(1.0, 3L));
    int[] whole = noisy(1, 3);

    assertThat(IntStream.range(0, noisy.size()))
        .allMatch(i -> noisy.label(i) == whole[noisy.place(i)]);
  }

  @Test
  void holdoutAndTestKeepTheirLabels(@TempDir Path folder) throws IOException {
    Parts<int[]> labels = new Parts<>(new int[40], new int[20], new int[10]);
    try (PackedWriter writer = new PackedWriter(folder, 1, labels)) {
      for (Part part : Part.values()) {
        for (int i = 0; i < labels.of(part).length; i++) {
          writer.put(part, i, new byte[3]);
        }
      }
      writer.finish("two", List.of("a", "b"), "none", () -> {});
    }
    try (PackedData data = PackedData.open(folder)) {
      PackedData learnt =
          data.learntFrom(
              new TrainingSetSpec(new SubsetSpec(null, 20, 0L), new LabelNoiseSpec(0.5, 0L)));

      assertThat(learnt.train().labels()).hasSize(20).contains(0, 1);
      assertThat(learnt.holdout().labels()).isEqualTo(new int[20]);
      assertThat(learnt.test().labels()).isEqualTo(new int[10]);
      assertThat(learnt.facts())
          .containsEntry("training images", "20 of 40")
          .containsEntry("changed labels", "10 of 20");
      assertThat(data.learntFrom(null).facts()).isEmpty();
    }
  }

  private static int[] noisy(double fraction, long seed) {
    return LabelNoise.on(CLEAN, CLASSES, new LabelNoiseSpec(fraction, seed)).labels();
  }

  private static IntStream changed(int[] noisy) {
    return IntStream.range(0, LABELS.length).filter(i -> noisy[i] != LABELS[i]);
  }
}

package dev.supcon.runner.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.supcon.contract.spec.SubsetSpec;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SubsetTest {
  /** 100 images of class 0, 40 of class 1, 3 of class 2, in turn while they last. */
  private static final int[] LABELS =
      IntStream.range(0, 300)
          .filter(i -> i / 3 < new int[] {100, 40, 3}[i % 3])
          .map(i -> i % 3)
          .toArray();

  @ParameterizedTest
  @CsvSource({"0.1, 10, 4, 1", "0.3, 30, 12, 1", "0.5, 50, 20, 2", "0.99, 99, 40, 3"})
  void aFractionIsOneOfEachClassAndNeverNone(double fraction, int zeros, int ones, int twos) {
    assertThat(counts(fraction(fraction, 0))).containsExactly(zeros, ones, twos);
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 1, 1", "3, 3, 3, 3", "40, 40, 40, 3", "1000, 100, 40, 3"})
  void aClassWithFewerImagesGivesAll(int images, int zeros, int ones, int twos) {
    assertThat(counts(perClass(images, 0))).containsExactly(zeros, ones, twos);
  }

  @Test
  void withOneSeedASmallerSubsetLiesInALargerOne() {
    int[] larger = fraction(0.01, 5);
    for (int percent = 2; percent < 100; percent++) {
      int[] smaller = larger;
      larger = fraction(percent / 100.0, 5);
      assertThat(larger).as("%d %%", percent).contains(smaller);
    }
    assertThat(fraction(0.3, 5)).contains(perClass(1, 5)); // however it is written
  }

  @Test
  void theSeedAloneDecidesWhichImages() {
    assertThat(fraction(0.3, 1))
        .isEqualTo(fraction(0.3, 1))
        .isNotEqualTo(fraction(0.3, 2))
        .isSorted()
        .doesNotHaveDuplicates();
  }

  /** 2,000 seeds, 30 of 100 images each: a chi-square of 99 degrees is below 149 with p = 0.001. */
  @Test
  void everyImageOfAClassIsAsLikelyAsAnother() {
    PackedSplit images = images(new int[100]);
    long[] taken = new long[100];
    for (int seed = 0; seed < 2000; seed++) {
      for (int place : places(Subset.of(images, 1, new SubsetSpec(0.3, null, (long) seed)))) {
        taken[place]++;
      }
    }
    double variance = 2000 * 0.3 * 0.7; // of a count
    double square = Arrays.stream(taken).mapToDouble(n -> (n - 600.0) * (n - 600.0)).sum();
    assertThat(square / variance).isBetween(60.0, 149.0);
  }

  @Test
  void itsImagesAreThoseOfThePackWithTheirLabels() {
    PackedSplit whole =
        PackedSplit.of(1, new byte[] {0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3}, 0, 1, 0, 1);

    PackedSplit part = whole.only(1, 3).only(1);

    assertThat(part.size()).isOne();
    assertThat(part.label(0)).isEqualTo(1);
    assertThat(part.image(0)).containsExactly(3, 3, 3);
  }

  private static int[] fraction(double fraction, long seed) {
    return places(Subset.of(images(LABELS), 3, new SubsetSpec(fraction, null, seed)));
  }

  private static int[] perClass(int images, long seed) {
    return places(Subset.of(images(LABELS), 3, new SubsetSpec(null, images, seed)));
  }

  private static PackedSplit images(int[] labels) {
    return PackedSplit.of(1, new byte[3 * labels.length], labels);
  }

  private static int[] places(PackedSplit images) {
    return IntStream.range(0, images.size()).map(images::place).toArray();
  }

  private static int[] counts(int... places) {
    int[] counts = new int[3];
    Arrays.stream(places).forEach(place -> counts[LABELS[place]]++);
    return counts;
  }
}

package dev.supcon.runner.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CounterRandomTest {
  /** 99.9 % of chi-square with 99 degrees of freedom. */
  private static final double CHI_SQUARE_99 = 148.23;

  /** SplitMix64 from seed 1234567, as published: rosettacode.org/wiki/Pseudo-random_numbers. */
  @Test
  void bitsAreSplitMix64sSequence() {
    String[] published = {
      "6457827717110365317",
      "3203168211198807973",
      "9817491932198370423",
      "4593380528125082431",
      "16408922859458223821"
    };
    for (int i = 0; i < published.length; i++) {
      assertThat(Long.toUnsignedString(CounterRandom.bits(1234567, i))).isEqualTo(published[i]);
    }
  }

  /** These values are in every packed data set, view and weight: they may never change. */
  @Test
  void goldenValuesStay() {
    assertThat(CounterRandom.key(1)).isEqualTo(-7995527694508729151L);
    assertThat(CounterRandom.key(1, 2, 3)).isEqualTo(8975482407547330069L);
    assertThat(CounterRandom.key(1, 3, 2)).isEqualTo(-6131721756667837786L);
    long key = CounterRandom.key(7);
    assertThat(CounterRandom.uniform(key, 0)).isEqualTo(0.7215081806049702);
    assertThat(CounterRandom.uniform(key, 2)).isEqualTo(0.5493743249193239);
    int[] below = new int[12];
    Arrays.setAll(below, i -> CounterRandom.below(key, i, 10));
    assertThat(below).containsExactly(7, 6, 5, 6, 3, 1, 9, 9, 8, 1, 9, 4);
    assertThat(CounterRandom.permutation(key, 10)).containsExactly(0, 9, 3, 1, 2, 4, 6, 8, 7, 5);
    assertThat(CounterRandom.normal(key, 0)).isCloseTo(-0.9422576653840772, within(1e-15));
    assertThat(CounterRandom.normal(key, 2)).isCloseTo(0.38178265192226435, within(1e-15));
  }

  @Test
  void valuesFillTheirRangeEvenly() {
    int[] uniform = new int[100];
    int[] below = new int[100];
    int[] keys = new int[100];
    for (int i = 0; i < 100_000; i++) {
      uniform[(int) (100 * CounterRandom.uniform(11, i))]++;
      below[CounterRandom.below(12, i, 100)]++;
      keys[CounterRandom.below(CounterRandom.key(5, i), 0, 100)]++;
    }
    assertThat(chiSquare(uniform)).isLessThan(CHI_SQUARE_99);
    assertThat(chiSquare(below)).isLessThan(CHI_SQUARE_99);
    assertThat(chiSquare(keys)).as("first value of neighbouring keys").isLessThan(CHI_SQUARE_99);
  }

  @Test
  void neighboursAreIndependent() {
    int[] pairs = new int[100];
    for (int i = 0; i < 100_000; i++) {
      pairs[10 * CounterRandom.below(13, i, 10) + CounterRandom.below(13, i + 1, 10)]++;
    }
    assertThat(chiSquare(pairs)).isLessThan(CHI_SQUARE_99);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 1000, 1 << 30, Integer.MAX_VALUE})
  void belowStaysBelowAndNearsBothEnds(int bound) {
    int low = bound;
    int high = -1;
    for (int i = 0; i < 20_000; i++) {
      int value = CounterRandom.below(14, i, bound);
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    assertThat(low).isBetween(0, bound / 1000);
    assertThat(high).isBetween(bound - 1 - bound / 1000, bound - 1);
  }

  @Test
  void uniformNeverReachesOne() {
    for (int i = 0; i < 100_000; i++) {
      assertThat(CounterRandom.uniform(15, i)).isGreaterThanOrEqualTo(0).isLessThan(1);
    }
  }

  @Test
  void normalHasMeanZeroAndVarianceOne() {
    int size = 100_000;
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < size; i++) {
      double value = CounterRandom.normal(16, i);
      sum += value;
      squares += value * value;
    }
    assertThat(sum / size).isCloseTo(0, within(4 / Math.sqrt(size)));
    assertThat(squares / size).isCloseTo(1, within(4 * Math.sqrt(2.0 / size)));
  }

  /** Every one of the 24 orders of four, evenly: 99.9 % of chi-square with 23 degrees. */
  @Test
  void permutationsAreFair() {
    int[] counts = new int[256];
    for (int i = 0; i < 24_000; i++) {
      int[] order = CounterRandom.permutation(CounterRandom.key(17, i), 4);
      counts[((order[0] * 4 + order[1]) * 4 + order[2]) * 4 + order[3]]++;
    }
    int[] seen = Arrays.stream(counts).filter(count -> count > 0).toArray();
    assertThat(seen).hasSize(24);
    assertThat(chiSquare(seen)).isLessThan(49.73);
  }

  @Test
  void aPermutationOfNothingIsEmpty() {
    assertThat(CounterRandom.permutation(1, 0)).isEmpty();
  }

  private static double chiSquare(int... counts) {
    double expected = Arrays.stream(counts).sum() / (double) counts.length;
    return Arrays.stream(counts)
        .mapToDouble(count -> (count - expected) * (count - expected) / expected)
        .sum();
  }
}

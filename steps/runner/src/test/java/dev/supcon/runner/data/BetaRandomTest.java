package dev.supcon.runner.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.supcon.runner.GoldenFile;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BetaRandomTest {
  private static final int DRAWS = 20_000;

  /**
   * Tenths of the draws lie between SciPy's deciles: chi-square of 9 degrees, below 27.9 with p =
   * 0.001.
   */
  @ParameterizedTest
  @ValueSource(strings = {"0.1", "0.2", "1.0", "4.0"})
  void theDecilesAreSciPys(String alpha) {
    double[] deciles = GoldenFile.doubles(GoldenFile.read("mixing").path("deciles").path(alpha));
    long[] counts = new long[10];
    for (int i = 0; i < DRAWS; i++) {
      double drawn = BetaRandom.of(CounterRandom.key(11, i), Double.parseDouble(alpha));
      counts[(int) Arrays.stream(deciles).filter(decile -> decile < drawn).count()]++;
    }
    double expected = DRAWS / 10.0;
    double square = Arrays.stream(counts).mapToDouble(n -> (n - expected) * (n - expected)).sum();
    assertThat(square / expected).isLessThan(27.9);
  }

  @Test
  void aTinyAlphaGivesNearlyNoughtOrOneAndNeverNone() {
    double[] draws =
        IntStream.range(0, 2000)
            .mapToDouble(i -> BetaRandom.of(CounterRandom.key(5, i), 0.01))
            .toArray();

    assertThat(Arrays.stream(draws)).allMatch(share -> share >= 0 && share <= 1);
    assertThat(Arrays.stream(draws).filter(share -> share > 0.5).count()).isBetween(900L, 1100L);
    assertThat(Arrays.stream(draws).filter(share -> share > 0.01 && share < 0.99).count())
        .isLessThan(200);
  }

  @Test
  void theKeyDecides() {
    assertThat(BetaRandom.of(1, 0.5)).isEqualTo(BetaRandom.of(1, 0.5));
    assertThat(BetaRandom.of(1, 0.5)).isNotEqualTo(BetaRandom.of(2, 0.5));
  }
}

package dev.supcon.runner.imagenetc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.supcon.contract.spec.CorruptionType;
import dev.supcon.contract.step.ContractJson;
import dev.supcon.runner.GoldenFile;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NoiseDistributionTest {
  private static final int VALUES = 224 * 224 * 3;

  /** Kolmogorov and Smirnov's two-sample test at 0.1 %. */
  @ParameterizedTest
  @EnumSource(names = {"GAUSSIAN_NOISE", "SHOT_NOISE", "IMPULSE_NOISE", "SPECKLE_NOISE"})
  void noiseIsDistributedAsWithNumPysDraws(CorruptionType type) {
    String word = ContractJson.MAPPER.valueToTree(type).asText();
    int[] theirs = GoldenFile.ints(GoldenFile.read("corruption").get("histograms").get(word));
    byte[] grey = new byte[VALUES];
    Arrays.fill(grey, (byte) 128);
    int[] ours = new int[256];
    for (byte value : new Corruptions(224).apply(type, 3, grey, Corruptions.key(1, 2))) {
      ours[value & 255]++;
    }

    int ahead = 0;
    int farthest = 0;
    for (int i = 0; i < 256; i++) {
      ahead += ours[i] - theirs[i];
      farthest = Math.max(farthest, Math.abs(ahead));
    }

    assertThat((double) farthest / VALUES).isLessThan(1.95 * Math.sqrt(2.0 / VALUES));
  }

  @Test
  void countsOfPhotonsHaveTheMeanAndVarianceOfTheirRate() {
    Draws draws = new Draws(5);
    for (int photons : new int[] {3, 60, 500}) {
      ShotNoise noise = new ShotNoise(photons);
      for (int value : new int[] {1, 100, 255}) {
        double rate = value / 255.0 * photons;
        double sum = 0;
        double squares = 0;
        int count = 20_000;
        for (int i = 0; i < count; i++) {
          int found = noise.count(value, draws.uniform(i));
          sum += found;
          squares += (found - rate) * (found - rate);
        }
        assertThat(sum / count).isCloseTo(rate, within(4 * Math.sqrt(rate / count)));
        double spread = Math.sqrt((rate + 2 * rate * rate) / count);
        assertThat(squares / count).isCloseTo(rate, within(4 * spread));
      }
    }
  }

  @Test
  void stepsReachAsFarAsNumPysIntegers() {
    Draws draws = new Draws(6);
    int[] counts = new int[8];
    for (int i = 0; i < 8000; i++) {
      counts[draws.step(i, 4) + 4]++;
    }
    assertThat(Arrays.stream(counts).min().orElse(0)).isGreaterThan(880);
  }
}

package dev.supcon.runner.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class WarmupCosineTest {
  /** The paper's ResNet-50: 72,983 steps at a peak of 9.6; values computed from its code. */
  @Test
  void paperResNet50ScheduleIsReproduced() {
    WarmupCosine rate = new WarmupCosine(9.6, 2502, 72983);

    assertThat(rate.at(0)).isZero();
    assertThat(rate.at(1000)).isCloseTo(3.8369304556, within(1e-9));
    assertThat(rate.at(2502)).isEqualTo(9.6);
    assertThat(rate.at(10_000)).isCloseTo(9.3344026801, within(1e-3));
    assertThat(rate.at(72_983)).isZero();
  }

  @Test
  void withoutWarmupTheFirstStepHasThePeak() {
    assertThat(new WarmupCosine(0.5, 0, 10).at(0)).isEqualTo(0.5);
  }
}

package dev.supcon.runner.corruption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CorruptionMetricsTest {
  private static final List<ErrorTable.Cell> CELLS =
      List.of(
          new ErrorTable.Cell("contrast", 1, 0.2, 0.02),
          new ErrorTable.Cell("contrast", 5, 0.6, 0.10),
          new ErrorTable.Cell("gaussianNoise", 1, 0.25, 0.04),
          new ErrorTable.Cell("gaussianNoise", 5, 0.75, 0.20));

  private final Map<String, Double> metrics =
      CorruptionMetrics.of(
          CELLS,
          10,
          () -> {
            throw new AssertionError("nobody needs the clean error");
          });

  @Test
  void errorsAreGivenByCellByTypeAndOverall() {
    assertMetric("corruption.contrast.5.error", 0.6);
    assertMetric("corruption.contrast.error", 0.4);
    assertMetric("corruption.gaussianNoise.error", 0.5);
    assertMetric("corruption.meanError", 0.45);
  }

  @Test
  void calibrationIsAveragedOverTheTypesOfASeverity() {
    assertMetric("corruption.gaussianNoise.5.ece", 0.2);
    assertMetric("corruption.ece.1", 0.03);
    assertMetric("corruption.ece.5", 0.15);
    assertMetric("corruption.ece", 0.09);
  }

  /** A mean of doubles may be off by a rounding. */
  private void assertMetric(String name, double value) {
    assertThat(metrics.get(name)).isCloseTo(value, within(1e-12));
  }

  @Test
  void mceIsLeftOutWhereItIsNotDefined() {
    assertThat(metrics).doesNotContainKeys("corruption.mce", "corruption.relativeMce");
  }
}

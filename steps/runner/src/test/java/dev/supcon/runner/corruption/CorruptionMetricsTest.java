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
    assertThat(metrics)
        .containsEntry("corruption.contrast.5.error", 0.6)
        .containsEntry("corruption.contrast.error", 0.4)
        .containsEntry("corruption.gaussianNoise.error", 0.5)
        .containsEntry("corruption.meanError", 0.45);
  }

  @Test
  void calibrationIsAveragedOverTheTypesOfASeverity() {
    assertThat(metrics)
        .containsEntry("corruption.gaussianNoise.5.ece", 0.2)
        .containsEntry("corruption.ece.1", 0.03)
        .containsEntry("corruption.ece", 0.09);
    assertThat(metrics.get("corruption.ece.5")).isCloseTo(0.15, within(1e-12));
  }

  @Test
  void mceIsLeftOutWhereItIsNotDefined() {
    assertThat(metrics).doesNotContainKeys("corruption.mce", "corruption.relativeMce");
  }
}

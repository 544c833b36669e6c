package dev.supcon.runner.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScaleTest {

  @ParameterizedTest
  @CsvSource({
    "0, 1",
    "7.9158, 7.9161",
    "-3, 1e6",
    "1e-9, 2e-9",
    "5, 5",
    "0, 0",
    "-1e300, 1e300",
    "7.916, 8.0913"
  })
  void ticksAreFewAndDifferAndHoldEveryValue(double least, double most) {
    Scale scale = Scale.of(least, most);
    List<String> labels = scale.ticks().stream().map(scale::label).toList();

    assertThat(labels).hasSizeBetween(2, 8).doesNotHaveDuplicates();
    assertThat(scale.share(least)).isBetween(-1e-6, 1.0);
    assertThat(scale.share(most)).isBetween(0.0, 1 + 1e-6);
  }

  @Test
  void countsHaveWholeTicksAndEndAtTheLast() {
    Scale scale = Scale.ofCounts(112);

    assertThat(scale.share(112)).isEqualTo(1);
    assertThat(scale.ticks().stream().map(scale::label)).containsExactly("0", "50", "100");
    assertThat(Scale.ofCounts(2).ticks()).containsExactly(0.0, 1.0, 2.0);
  }

  @Test
  void withoutAValueItIsTheUnit() {
    assertThat(Scale.of(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY))
        .isEqualTo(Scale.of(0, 1));
  }
}

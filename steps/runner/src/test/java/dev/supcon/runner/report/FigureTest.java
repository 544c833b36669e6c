package dev.supcon.runner.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FigureTest {

  /** Its ends solve (x/n - p)^2 = z^2 p (1 - p) / n for p (Wilson 1927), here as a quadratic. */
  @Test
  void theIntervalIsWilsons() {
    assertThat(Figure.interval(0.5, 100)).isEqualTo("95 %: 40.4 to 59.6");
    assertThat(Figure.interval(1, 10)).isEqualTo("95 %: 72.2 to 100.0");
    assertThat(Figure.interval(0, 10)).isEqualTo("95 %: 0.0 to 27.8");
    assertThat(Figure.interval(0.5, 0)).isEmpty();
  }

  @Test
  void aDurationHasTheUnitThatPeopleThinkIn() {
    assertThat(Figure.duration(2.84)).isEqualTo("2.8 s");
    assertThat(Figure.duration(119.4)).isEqualTo("119 s");
    assertThat(Figure.duration(262.5)).isEqualTo("4 min 23 s");
    assertThat(Figure.duration(7384)).isEqualTo("2 h 03 min");
  }

  @Test
  void onlyNeedlessDigitsOfAFactAreDropped() {
    assertThat(Figure.brief("0.01778279410038923")).isEqualTo("0.0178");
    assertThat(Figure.brief("1.0E-6")).isEqualTo("1.0E-6");
    assertThat(Figure.brief("0.5")).isEqualTo("0.5");
    assertThat(Figure.brief("0.1: 0.5550; 0.5: 0.5625")).isEqualTo("0.1: 0.5550; 0.5: 0.5625");
  }
}

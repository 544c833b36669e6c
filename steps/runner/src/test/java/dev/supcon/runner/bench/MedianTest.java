package dev.supcon.runner.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class MedianTest {

  @Test
  void anOddNumberHasAMiddle() {
    assertThat(Median.of(List.of(9.0, 1.0, 5.0))).isEqualTo(5);
  }

  @Test
  void anEvenNumberHasTheMeanOfItsTwoMiddles() {
    assertThat(Median.of(List.of(100.0, 1.0, 2.0, 4.0))).isEqualTo(3);
  }
}

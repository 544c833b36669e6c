package dev.supcon.runner.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class AccuracyTest {
  private static final Predictions THREE =
      new Predictions(new float[] {3, 2, 1, 1, 2, 3, 1, 3, 2}, 3, new int[] {0, 0, 2});

  @Test
  void aRowCountsWhenItsLabelIsAmongTheHighest() {
    assertThat(Accuracy.top(1, THREE)).isEqualTo(1.0 / 3);
    assertThat(Accuracy.top(2, THREE)).isEqualTo(2.0 / 3);
    assertThat(Accuracy.top(3, THREE)).isEqualTo(1);
    assertThat(Accuracy.top(5, THREE)).isEqualTo(1);
  }

  @Test
  void ofEqualScoresTheLowerClassComesFirst() {
    assertThat(Accuracy.top(1, new Predictions(new float[] {1, 1}, 2, new int[] {0}))).isEqualTo(1);
    assertThat(Accuracy.top(1, new Predictions(new float[] {1, 1}, 2, new int[] {1}))).isZero();
  }

  @Test
  void aScoreThatIsNoNumberIsNeverRight() {
    float nan = Float.NaN;
    assertThat(Accuracy.top(1, new Predictions(new float[] {nan, nan}, 2, new int[] {0}))).isZero();
  }

  @Test
  void sizesMustAgree() {
    assertThatThrownBy(() -> new Predictions(new float[5], 2, new int[2]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

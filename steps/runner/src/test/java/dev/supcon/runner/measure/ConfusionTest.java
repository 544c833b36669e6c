package dev.supcon.runner.measure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConfusionTest {

  @Test
  void everyRowIsCountedOnceAndTheLowerOfEqualsWins() {
    float[] logits = {1, 0, 0, 2, 5, 5, -1, 3, -1, 4};
    Predictions predictions = new Predictions(logits, 2, new int[] {0, 0, 0, 1, 1});

    assertThat(Confusion.of(predictions))
        .containsExactly(
            new Confusion.Cell(0, 0, 2), new Confusion.Cell(0, 1, 1), new Confusion.Cell(1, 1, 2));
  }

  @Test
  void itsDiagonalIsTheAccuracy() {
    float[] logits = {3, 1, 2, 0, 0, 1, 1, 9, 2, 0.5f, 0, 0.1f};
    Predictions predictions = new Predictions(logits, 3, new int[] {0, 1, 1, 0});
    int right =
        Confusion.of(predictions).stream()
            .filter(cell -> cell.label() == cell.predicted())
            .mapToInt(Confusion.Cell::count)
            .sum();

    assertThat(right / 4.0).isEqualTo(Accuracy.top(1, predictions));
  }

  @Test
  void withoutPredictionsThereIsNoCell() {
    assertThat(Confusion.of(new Predictions(new float[0], 3, new int[0]))).isEmpty();
  }
}

package dev.supcon.runner.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CalibrationTest {

  /** Six predictions worked out by hand, 15 bins. */
  @Test
  void expectedCalibrationErrorIsTheWeightedGapOfTheBins() {
    Reliability reliability =
        Reliability.of(
            new double[] {.95, .85, .55, .35, .62, .99},
            new boolean[] {true, false, true, false, true, true});

    assertThat(reliability.expectedCalibrationError()).isCloseTo(0.3483333333, within(1e-10));
  }

  @Test
  void theUpperEdgeBelongsToItsBinAndTheLowerDoesNot() {
    for (int bin = 1; bin <= Reliability.BINS; bin++) {
      double edge = (double) bin / Reliability.BINS;
      assertThat(occupied(edge)).isEqualTo(bin - 1);
      assertThat(occupied(Math.nextDown(edge))).isEqualTo(bin - 1);
      assertThat(occupied(Math.nextUp(edge))).isEqualTo(Math.min(bin, Reliability.BINS - 1));
    }
  }

  @Test
  void evenScoresCostTheLogarithmOfTheNumberOfClasses() {
    Predictions even = new Predictions(new float[8], 4, new int[] {1, 2});

    assertThat(Calibration.negativeLogLikelihood(even, 1)).isCloseTo(Math.log(4), within(1e-12));
  }

  /** Labels drawn from softmax(z), scores 2.5 z: the temperature that mends them is 2.5. */
  @Test
  void theFittedTemperatureUndoesOverconfidence() {
    Predictions predictions = drawn(20_000, 2.5f);

    double temperature = Calibration.fitTemperature(predictions);

    assertThat(temperature).isCloseTo(2.5, within(0.1));
    assertThat(Calibration.reliability(predictions, temperature).expectedCalibrationError())
        .isLessThan(0.02)
        .isLessThan(Calibration.reliability(predictions, 1).expectedCalibrationError() / 4);
  }

  @Test
  void noTemperatureNearbyIsLikelier() {
    Predictions predictions = drawn(500, 0.4f);
    double fitted = Calibration.fitTemperature(predictions);
    double best = Calibration.negativeLogLikelihood(predictions, fitted);

    for (double factor : new double[] {0.5, 0.9, 0.999, 1.001, 1.1, 2}) {
      assertThat(Calibration.negativeLogLikelihood(predictions, fitted * factor))
          .isGreaterThanOrEqualTo(best);
    }
  }

  @Test
  void withoutErrorsTheTemperatureStopsAtItsBound() {
    Predictions right = new Predictions(new float[] {2, 0, 0, 1}, 2, new int[] {0, 1});

    assertThat(Calibration.fitTemperature(right)).isCloseTo(0.05, within(1e-6));
    assertThat(Calibration.fitTemperature(new Predictions(new float[0], 2, new int[0])))
        .isEqualTo(1);
  }

  private static int occupied(double confidence) {
    Reliability one = Reliability.of(new double[] {confidence}, new boolean[] {true});
    return one.bins()
        .indexOf(one.bins().stream().filter(bin -> bin.count() == 1).findFirst().orElseThrow());
  }

  private static Predictions drawn(int rows, float factor) {
    SplittableRandom random = new SplittableRandom(1);
    int classes = 5;
    float[] logits = new float[rows * classes];
    int[] labels = new int[rows];
    for (int row = 0; row < rows; row++) {
      double[] weight = new double[classes];
      double sum = 0;
      for (int c = 0; c < classes; c++) {
        double z = 3 * random.nextDouble();
        logits[row * classes + c] = (float) (factor * z);
        weight[c] = Math.exp(z);
        sum += weight[c];
      }
      double left = random.nextDouble() * sum;
      while (labels[row] < classes - 1 && left > weight[labels[row]]) {
        left -= weight[labels[row]++];
      }
    }
    return new Predictions(logits, classes, labels);
  }
}

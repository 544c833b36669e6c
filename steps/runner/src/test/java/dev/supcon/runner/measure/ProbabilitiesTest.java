package dev.supcon.runner.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.supcon.runner.GoldenFile;
import org.junit.jupiter.api.Test;

class ProbabilitiesTest {
  private static final JsonNode GOLDEN = GoldenFile.read("metrics").path("probabilities");
  private static final Predictions PREDICTIONS =
      new Predictions(
          GoldenFile.floats(GOLDEN.path("logits")),
          GOLDEN.path("classes").asInt(),
          GoldenFile.ints(GOLDEN.path("labels")));

  @Test
  void scoresAreThoseOfTheOracleAlsoWithTies() {
    assertThat(GOLDEN.path("cases")).hasSize(2);
    for (JsonNode kase : GOLDEN.path("cases")) {
      double temperature = kase.path("temperature").asDouble();
      Probabilities probabilities = new Probabilities(PREDICTIONS, temperature);
      Reliability plain = Calibration.reliability(PREDICTIONS, temperature);
      Reliability even = Calibration.evenReliability(PREDICTIONS, temperature);

      is(probabilities.brierScore(), kase.path("brier"));
      is(probabilities.classwiseError(), kase.path("classwiseEce"));
      is(Calibration.negativeLogLikelihood(PREDICTIONS, temperature), kase.path("nll"));
      is(plain.expectedCalibrationError(), kase.path("ece"));
      is(even.expectedCalibrationError(), kase.path("adaptiveEce"));
      assertThat(probabilities.margins(8)).containsExactly(GoldenFile.ints(kase.path("margins")));
    }
  }

  @Test
  void theMeanPerClassLeavesOutClassesWithoutRows() {
    is(Accuracy.meanPerClass(PREDICTIONS), GOLDEN.path("meanPerClass"));
  }

  @Test
  void certaintyThatIsRightCostsNothingAndThatIsWrongTwo() {
    Predictions sure = new Predictions(new float[] {900, -900, 900, -900}, 2, new int[] {0, 1});

    assertThat(new Probabilities(sure, 1).brierScore()).isEqualTo(1);
    assertThat(new Probabilities(sure, 1).margins(4)).containsExactly(1, 0, 0, 1);
  }

  @Test
  void withoutRowsEveryScoreIsNothing() {
    Predictions none = new Predictions(new float[0], 3, new int[0]);

    assertThat(new Probabilities(none, 1).brierScore()).isZero();
    assertThat(new Probabilities(none, 1).classwiseError()).isZero();
    assertThat(Calibration.evenReliability(none, 1).expectedCalibrationError()).isZero();
    assertThat(Accuracy.meanPerClass(none)).isZero();
  }

  private static void is(double found, JsonNode expected) {
    assertThat(found).isCloseTo(expected.asDouble(), within(1e-9));
  }
}

package dev.supcon.runner.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.supcon.runner.GoldenFile;
import dev.supcon.runner.measure.Accuracy;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LogisticRegressionTest {
  private static final LogisticRegression.Effort EXACT =
      new LogisticRegression.Effort(1e-9, 20_000);

  @Test
  void theOptimumIsScikitLearns() {
    for (JsonNode problem : GoldenFile.read("lbfgs").path("problems")) {
      Features train = features(problem);
      int classes = problem.path("classes").asInt();
      try (LogisticRegression regression = new LogisticRegression(train, classes, () -> {})) {
        LogisticRegression.Solution solution =
            regression.fit(problem.path("lambda").asDouble(), regression.origin(), EXACT);

        assertThat(solution.value())
            .as(problem.path("name").asText())
            .isCloseTo(problem.path("objective").asDouble(), within(1e-8));
        assertThat(solution.largestGradient()).isLessThan(1e-6);
        assertThat(Accuracy.top(1, solution.classifier().predict(train)))
            .isCloseTo(problem.path("accuracy").asDouble(), within(1e-9));
      }
    }
  }

  @Test
  void weightsAndBiasAreScikitLearns() {
    JsonNode small = GoldenFile.read("lbfgs").path("problems").path(0);
    try (LogisticRegression regression =
        new LogisticRegression(features(small), small.path("classes").asInt(), () -> {})) {
      LinearClassifier found =
          regression.fit(small.path("lambda").asDouble(), regression.origin(), EXACT).classifier();

      assertThat(found.weights())
          .containsExactly(GoldenFile.floats(small.path("weights")), within(1e-5f));
      assertThat(found.bias())
          .containsExactly(GoldenFile.floats(small.path("bias")), within(1e-5f));
    }
  }

  @Test
  void aHugePenaltyLeavesOnlyTheFrequenciesOfTheClasses() {
    Features train = new Features(new float[] {3, -1, 2, 5}, 1, new int[] {0, 0, 0, 1});
    try (LogisticRegression regression = new LogisticRegression(train, 2, () -> {})) {
      LinearClassifier found = regression.fit(1e5, regression.origin(), EXACT).classifier();

      assertThat(found.weights()).containsExactly(new float[] {0, 0}, within(1e-4f));
      assertThat(found.bias()[0] - found.bias()[1]).isCloseTo((float) Math.log(3), within(1e-3f));
    }
  }

  @Test
  void aWarmStartEndsWhereAColdOneDoes() {
    JsonNode wide = GoldenFile.read("lbfgs").path("problems").path(1);
    try (LogisticRegression regression =
        new LogisticRegression(features(wide), wide.path("classes").asInt(), () -> {})) {
      double[] neighbour = regression.fit(0.01, regression.origin(), EXACT).parameters();
      double warm = regression.fit(0.001, neighbour, EXACT).value();
      double cold = regression.fit(0.001, regression.origin(), EXACT).value();

      assertThat(warm).isCloseTo(cold, within(1e-12));
    }
  }

  /** A narrow bent valley, on which steepest descent gets nowhere. */
  @Test
  void limitedMemoryBfgsFindsRosenbrocksMinimum() {
    Lbfgs.Objective rosenbrock =
        x -> {
          double a = 1 - x[0];
          double b = x[1] - x[0] * x[0];
          double[] gradient = {-2 * a - 400 * x[0] * b, 200 * b};
          return new Lbfgs.Point(x, a * a + 100 * b * b, gradient);
        };
    Lbfgs.Point end = new Lbfgs(rosenbrock).minimise(new double[] {-1.2, 1}, 1e-10, 200);

    assertThat(Arrays.stream(end.x()).toArray()).containsExactly(new double[] {1, 1}, within(1e-8));
  }

  private static Features features(JsonNode problem) {
    return new Features(
        GoldenFile.floats(problem.path("x")),
        problem.path("columns").asInt(),
        GoldenFile.ints(problem.path("y")));
  }
}

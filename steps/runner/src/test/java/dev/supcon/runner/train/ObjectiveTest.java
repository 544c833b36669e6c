package dev.supcon.runner.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.supcon.contract.spec.LossSpec;
import dev.supcon.contract.step.ContractJson;
import dev.supcon.runner.torchscript.TorchEngine;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ObjectiveTest {
  private static final List<Integer> EVEN = List.of(10, 10);

  private final NDManager manager = TorchEngine.newManager();

  @AfterEach
  void close() {
    manager.close();
  }

  /** Paper Eq. 26: SupCon whose only positive is the other view; values by hand. */
  @ParameterizedTest
  @CsvSource({"0.1, 0.328379046700", "0.5, 0.782608852918"})
  void simClrLooksAtNoLabels(double tau, double golden) {
    NDArray z = plane(0, 30, 120, 10, 50, 150);
    String spec = "{\"type\": \"simClr\", \"scale\": \"none\", \"temperature\": " + tau + "}";

    assertThat(loss(spec, z, 0, 0, 1)).isCloseTo(golden, within(1e-11));
    assertThat(loss(spec, z, 1, 1, 1)).isCloseTo(golden, within(1e-11));
  }

  /** Paper Eq. 27; values by hand. */
  @Test
  void nPairsSeesOneViewAndOnePositive() {
    String spec = "{\"type\": \"nPairs\", \"scale\": \"none\", \"temperature\": 1}";
    double mean = (0.3591001046 + 0.5162542429) / 2;

    assertThat(viewsPerImage(spec)).isOne();
    assertThat(loss(spec, plane(0, 30, 120, 150), 0, 0, 1, 1)).isCloseTo(mean, within(1e-10));
  }

  /** The second image of a class is the first one's positive; the third is nobody's. */
  @Test
  void nPairsLeavesOutTheRestOfAClass() {
    String spec = "{\"type\": \"nPairs\", \"scale\": \"none\", \"temperature\": 1}";
    double toSecond = softplus(cos(150) - cos(30));
    double toFirst = softplus(cos(120) - cos(30));
    double fromThird = softplus(cos(90) - cos(60));

    assertThat(loss(spec, plane(0, 30, 60, 150), 0, 0, 0, 1))
        .isCloseTo((toSecond + toFirst + fromThird) / 4, within(1e-12));
  }

  @ParameterizedTest
  @CsvSource({
    "nPairs, 0 1 2, false",
    "nPairs, 0 1 0, true",
    "triplet, 0 1 2, true",
    "supCon, 0 1 2, true",
    "simClr, 0 1 2, true",
    "crossEntropy, 0 1 2, true"
  })
  void whereAnImageHasOneViewItsPositivesAreOfItsClass(
      String type, String labels, boolean positives) throws JsonProcessingException {
    LossSpec spec = ContractJson.MAPPER.readValue("{\"type\": \"" + type + "\"}", LossSpec.class);
    int[] classes = Arrays.stream(labels.split(" ", -1)).mapToInt(Integer::parseInt).toArray();
    try (Objective objective = Objective.of(spec, List.of(5, 5, 5))) {
      assertThat(objective.hasPositives(classes)).isEqualTo(positives);
    }
  }

  private static double softplus(double x) {
    return Math.log1p(Math.exp(x));
  }

  private static double cos(double degrees) {
    return Math.cos(Math.toRadians(degrees));
  }

  @ParameterizedTest
  @CsvSource({
    "supCon, 2",
    "simClr, 2",
    "nPairs, 1",
    "triplet, 2",
    "crossEntropy, 1",
    "joint, 2",
  })
  void anObjectiveSaysHowManyViewsItSees(String type, int views) {
    assertThat(viewsPerImage("{\"type\": \"" + type + "\"}")).isEqualTo(views);
  }

  /** What a collapsed network pays, of 8 images in two classes as frequent as each other. */
  @ParameterizedTest
  @CsvSource({
    "'{\"scale\": \"none\"}', 15",
    "'{\"scale\": \"none\", \"type\": \"simClr\"}', 15",
    "'{\"scale\": \"none\", \"denominator\": \"onlyNegatives\"}', 8",
    "'{\"scale\": \"none\", \"type\": \"nPairs\"}', 5",
    "'{\"scale\": \"none\", \"type\": \"joint\", \"joint\": {\"contrastiveWeight\": 3}}', 15",
    "'{\"type\": \"crossEntropy\", \"labelSmoothing\": 0.1}', 2",
  })
  void indifferenceCostsTheLogarithmOfWhatThereIsToChooseFrom(String json, int others) {
    try (Objective objective = Objective.of(spec(json), EVEN)) {
      assertThat(objective.indifferent(8)).isCloseTo(Math.log(others), within(1e-6));
    }
  }

  @Test
  void anIndifferentTripletCostsItsMargin() {
    try (Objective objective =
        Objective.of(spec("{\"type\": \"triplet\", \"margin\": 0.3}"), EVEN)) {
      assertThat(objective.indifferent(8)).isCloseTo(0.3, within(1e-6));
    }
  }

  private static int viewsPerImage(String json) {
    try (Objective objective = Objective.of(spec(json), EVEN)) {
      return objective.viewsPerImage();
    }
  }

  private static double loss(String json, NDArray z, int... labels) {
    try (Objective objective = Objective.of(spec(json), EVEN)) {
      return objective.of(z, labels).loss();
    }
  }

  private NDArray plane(double... degrees) {
    double[] rows = new double[2 * degrees.length];
    for (int i = 0; i < degrees.length; i++) {
      rows[2 * i] = cos(degrees[i]);
      rows[2 * i + 1] = Math.sin(Math.toRadians(degrees[i]));
    }
    return manager.create(rows, new Shape(degrees.length, 2));
  }

  private static LossSpec spec(String json) {
    try {
      return ContractJson.read(json, LossSpec.class);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}

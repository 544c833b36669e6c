package dev.supcon.runner.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import dev.supcon.contract.spec.LossDenominator;
import dev.supcon.contract.spec.LossPositives;
import dev.supcon.contract.spec.LossSpec;
import dev.supcon.runner.GoldenFile;
import dev.supcon.runner.torchscript.TorchEngine;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GeneralSupConLossTest {
  private static final JsonNode GOLDEN = GoldenFile.read("loss");
  private static final int WIDTH = GOLDEN.path("width").asInt();
  private static final int[] LABELS = twice(GoldenFile.ints(GOLDEN.path("labels")));
  private static final double[][] SIX = Plane.at(0, 30, 120, 10, 50, 150);
  private static final int[] SIX_LABELS = {0, 0, 1, 0, 0, 1};
  private static final double[][] EIGHT = Plane.at(0, 30, 60, 150, 10, 50, 75, 170);
  private static final int[] EIGHT_LABELS = {0, 0, 0, 1, 0, 0, 0, 1};

  private final NDManager manager = TorchEngine.newManager();

  @AfterEach
  void close() {
    manager.close();
  }

  /** 42 rows: one tile, and several of which the last is not full. */
  @ParameterizedTest
  @ValueSource(ints = {0, 16, 5})
  void everyFormIsThatOfLoopsAndAutograd(int tile) {
    NDArray z =
        manager.create(GoldenFile.doubles(GOLDEN.path("z")), new Shape(LABELS.length, WIDTH));
    for (JsonNode kase : GOLDEN.path("contrastive")) {
      agrees(kase, z, AnchorWeights.EQUAL, tile, 1e-10);
    }
  }

  @Test
  void singlePrecisionKeepsSixDigits() {
    NDArray z =
        manager.create(GoldenFile.doubles(GOLDEN.path("z")), new Shape(LABELS.length, WIDTH));
    for (JsonNode kase : GOLDEN.path("contrastive")) {
      agrees(kase, z.toType(DataType.FLOAT32, true), AnchorWeights.EQUAL, 16, 1e-6);
    }
  }

  @Test
  void balancedWeightsAreInverseFrequenciesOfTheTrainingSet() {
    NDArray z =
        manager.create(GoldenFile.doubles(GOLDEN.path("z")), new Shape(LABELS.length, WIDTH));
    for (JsonNode kase : GOLDEN.path("balanced")) {
      LossSpec spec = spec(kase.path("spec"));
      List<Integer> sizes =
          IntStream.of(GoldenFile.ints(GOLDEN.path("classSizes"))).boxed().toList();
      agrees(kase, z, AnchorWeights.of(spec.classWeights(), sizes), 16, 1e-10);
    }
  }

  private void agrees(JsonNode kase, NDArray z, AnchorWeights weights, int tile, double tolerance) {
    try (GeneralSupConLoss loss =
        new GeneralSupConLoss(spec(kase.path("spec")), 2, weights, tile)) {
      LossGradient result = loss.of(z, LABELS);
      agrees(kase, result, tolerance);
    }
    if (plain(spec(kase.path("spec")))) {
      try (SupConLoss loss = new SupConLoss(spec(kase.path("spec")), 2, weights)) {
        agrees(kase, loss.of(z, LABELS), tolerance);
      }
    }
  }

  private static boolean plain(LossSpec spec) {
    return spec.positives() == LossPositives.OUTSIDE
        && spec.denominator() == LossDenominator.ALL
        && spec.positivesCap() == null;
  }

  private static void agrees(JsonNode kase, LossGradient result, double tolerance) {
    double expected = kase.path("loss").asDouble();
    assertThat(result.loss())
        .as(kase.path("spec").toString())
        .isCloseTo(expected, within(tolerance * Math.max(1, Math.abs(expected))));
    GoldenGradient.agrees(result.gradient(), kase, GOLDEN, tolerance);
  }

  /** Anchors' values by hand, times temperature, as the authors' TensorFlow code scales. */
  @ParameterizedTest
  @CsvSource({
    "'{positives: outside, denominator: all}', 0.103332423583",
    "'{positives: inside, denominator: all}', 0.073367630058",
    "'{positives: outside, denominator: onePositive}', 0.000457183061",
    "'{positives: inside, denominator: onePositive}', 0.000454031851",
    "'{positives: outside, denominator: onlyNegatives}', -0.912841244215",
    "'{positives: inside, denominator: onlyNegatives}', -0.942806037740",
  })
  void positivesInTheDenominatorAreAMode(String form, double golden) {
    assertThat(0.1 * loss(form, SIX, SIX_LABELS, 2)).isCloseTo(golden, within(1e-11));
  }

  @Test
  void oneAnchorOfEachImageAveragesOverTheFirstViews() {
    double mean = (1.8268780474 + 1.1533270614 + 0.0054651941) / 3;

    assertThat(loss("{anchors: one}", SIX, SIX_LABELS, 2)).isCloseTo(mean, within(1e-10));
    assertThat(loss("{anchors: one, scale: tauOverBase}", SIX, SIX_LABELS, 2))
        .isCloseTo(1.421747763272, within(1e-11));
  }

  @ParameterizedTest
  @CsvSource({"0, 2.746225e-05", "2, 0.163072555087", "4, 0.211767350134", "6, 0.211767350134"})
  void aCapLeavesOutTheRestOfTheClass(int cap, double golden) {
    assertThat(0.1 * loss("{positivesCap: " + cap + "}", EIGHT, EIGHT_LABELS, 2))
        .isCloseTo(golden, within(1e-11));
  }

  @ParameterizedTest
  @ValueSource(strings = {"all", "onePositive", "onlyNegatives"})
  void insideIsAtMostOutsideByJensen(String denominator) {
    double[][] z = Plane.random(24, 5, 3);
    for (int classes = 2; classes < 6; classes++) {
      int[] labels = Plane.labels(24, classes, classes);
      String form = "denominator: " + denominator + ", temperature: 0.2}";
      assertThat(loss("{positives: inside, " + form, z, labels, 1))
          .isLessThanOrEqualTo(loss("{positives: outside, " + form, z, labels, 1) + 1e-12);
    }
  }

  @Test
  void withOnePositiveInsideIsOutside() {
    int[] own = IntStream.range(0, 24).map(row -> row % 12).toArray();
    double[][] z = Plane.random(24, 5, 3);

    assertThat(loss("{positives: inside}", z, own, 2))
        .isCloseTo(loss("{positives: outside, anchors: all}", z, own, 2), within(1e-12));
  }

  @ParameterizedTest
  @CsvSource({
    "'{positives: inside}', 15",
    "'{anchors: one}', 15",
    "'{denominator: onePositive}', 9",
    "'{denominator: onlyNegatives}', 8",
    "'{positives: inside, denominator: onlyNegatives}', 8",
    "'{positivesCap: 2}', 11",
  })
  void equalEmbeddingsCostTheLogarithmOfWhatTheyAreComparedWith(String form, int others) {
    int[] labels = IntStream.range(0, 16).map(row -> row % 2).toArray();

    assertThat(loss(form, Plane.at(new double[16]), labels, 2))
        .isCloseTo(Math.log(others), within(1e-12));
  }

  /** HobbitLong/SupContrast, issues 50, 104 and 141: NaN. */
  @ParameterizedTest
  @ValueSource(strings = {"all", "onePositive", "onlyNegatives"})
  void anAnchorWithoutAPositiveAddsNothingAndStillCounts(String denominator) {
    double[][] z = Plane.at(0, 30, 120, 150);
    String form = "{positives: inside, denominator: " + denominator + "}";
    double alone = loss(form, z, new int[] {0, 1, 1, 3}, 1);
    double twice = 0;
    for (int anchor : new int[] {1, 2}) {
      twice += perAnchor(z, anchor, 3 - anchor, denominator);
    }

    assertThat(alone).isCloseTo(twice / 4, within(1e-12));
    assertThat(gradient(form, z, new int[] {0, 1, 1, 3})).doesNotContain(Double.NaN);
  }

  private static double perAnchor(double[][] z, int anchor, int positive, String denominator) {
    double own = Math.exp(Plane.dot(z[anchor], z[positive]) / 0.1);
    double sum = denominator.equals("onlyNegatives") ? 0 : own;
    for (int n : new int[] {0, 3}) {
      sum += Math.exp(Plane.dot(z[anchor], z[n]) / 0.1);
    }
    return Math.log(sum / own);
  }

  @ParameterizedTest
  @ValueSource(strings = {"all", "onePositive", "onlyNegatives"})
  void aBatchOfOneClassIsFinite(String denominator) {
    double[][] z = Plane.random(6, 3, 1);
    String form = "{positives: inside, denominator: " + denominator + "}";

    assertThat(loss(form, z, new int[6], 2)).isFinite();
    assertThat(gradient(form, z, new int[6])).doesNotContain(Double.NaN);
    if (!denominator.equals("all")) { // nothing is compared with anything
      assertThat(loss(form, z, new int[6], 2)).isZero();
    }
  }

  /** HobbitLong/SupContrast, issues 50, 100 and 104: features that nobody normalised. */
  @ParameterizedTest
  @ValueSource(strings = {"all", "onePositive", "onlyNegatives"})
  void longRowsAndAnEmptyOneAreFinite(String denominator) {
    double[][] z = Plane.random(12, 3, 4);
    for (double[] row : z) {
      for (int k = 0; k < row.length; k++) {
        row[k] *= 1e4;
      }
    }
    z[5] = new double[3];
    int[] labels = Plane.labels(12, 3, 4);
    for (String positives : List.of("outside", "inside")) {
      String form = "{positives: %s, denominator: %s}".formatted(positives, denominator);
      assertThat(loss(form, z, labels, 1)).as(form).isFinite();
      assertThat(Arrays.stream(gradient(form, z, labels))).as(form).allMatch(Double::isFinite);
    }
  }

  @Test
  void rowsThatAreNotViewsOfImagesAreRefused() {
    double[][] z = Plane.random(4, 3, 4);
    String form = "{positives: inside}";

    assertThatThrownBy(() -> loss(form, z, new int[] {0, 1, 1, 0}, 2))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> loss(form, z, new int[] {0, 1, 0, 1}, 3))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theLowestTemperatureIsFinite() {
    for (String denominator : List.of("all", "onePositive", "onlyNegatives")) {
      for (String positives : List.of("outside", "inside")) {
        String form =
            "{temperature: 0.001, positives: %s, denominator: %s}"
                .formatted(positives, denominator);
        double[][] z = Plane.random(16, 3, 5);
        int[] labels = Plane.labels(16, 3, 5);
        assertThat(loss(form, z, labels, 1)).as(form).isFinite();
        assertThat(gradient(form, z, labels)).as(form).doesNotContain(Double.NaN);
      }
    }
  }

  private double loss(String form, double[][] z, int[] labels, int views) {
    return of(form, z, labels, views).loss();
  }

  private double[] gradient(String form, double[][] z, int[] labels) {
    return of(form, z, labels, 1).gradient().toDoubleArray();
  }

  private LossGradient of(String form, double[][] z, int[] labels, int views) {
    LossSpec spec = LossText.spec(form);
    try (GeneralSupConLoss loss = new GeneralSupConLoss(spec, views, AnchorWeights.EQUAL)) {
      return loss.of(Plane.array(manager, z), labels);
    }
  }

  private static LossSpec spec(JsonNode form) {
    return LossText.spec(form.toString());
  }

  private static int[] twice(int[] labels) {
    return IntStream.concat(IntStream.of(labels), IntStream.of(labels)).toArray();
  }
}

package dev.supcon.runner.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.supcon.contract.spec.LossScale;
import dev.supcon.contract.spec.LossSpec;
import dev.supcon.contract.spec.LossType;
import dev.supcon.runner.torchscript.TorchEngine;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SupConLossTest {
  /** Six unit vectors in the plane, view-major; values for them were worked out in float64. */
  private static final double[][] SIX = plane(0, 30, 120, 10, 50, 150);

  private static final int[] SIX_LABELS = {0, 0, 1, 0, 0, 1};

  private final NDManager manager = TorchEngine.newManager();

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void theNaiveFormGivesThePublishedAnchors() {
    assertThat(NaiveSupCon.perAnchor(SIX, SIX_LABELS, 0.1))
        .containsExactly(
            new double[] {
              1.8268780474, 1.1533270614, 0.0054651941, 1.4386836963, 1.7755596047, 0.0000318111
            },
            within(1e-10));
  }

  @Test
  void theMeanOverAnchorsHasItsGoldenValueAtEachTemperature() {
    double[][] golden = {
      {0.07, 1.269282347799}, {0.1, 1.033324235833}, {0.5, 0.923597890745}, {1, 1.135871440033}
    };
    for (double[] pair : golden) {
      assertThat(loss(SIX, SIX_LABELS, pair[0], LossScale.NONE)).isCloseTo(pair[1], within(1e-11));
      assertThat(NaiveSupCon.mean(SIX, SIX_LABELS, pair[0])).isCloseTo(pair[1], within(1e-11));
    }
  }

  @Test
  void theScaleIsOneTauOrTauOverTheBaseTemperature() {
    assertThat(loss(SIX, SIX_LABELS, 0.1, LossScale.TAU)).isCloseTo(0.103332423583, within(1e-11));
    assertThat(loss(SIX, SIX_LABELS, 0.1, LossScale.TAU_OVER_BASE))
        .isCloseTo(1.476177479762, within(1e-11));
  }

  @Test
  void theGradientHasTheScaleOfTheLoss() {
    double[] plain = gradient(SIX, SIX_LABELS, 0.1);

    assertThat(gradient(SIX, SIX_LABELS, spec(0.1, LossScale.TAU)))
        .containsExactly(Arrays.stream(plain).map(x -> x * 0.1).toArray(), within(1e-12));
    assertThat(gradient(SIX, SIX_LABELS, spec(0.1, LossScale.TAU_OVER_BASE)))
        .containsExactly(Arrays.stream(plain).map(x -> x * 0.1 / 0.07).toArray(), within(1e-12));
  }

  @Test
  void withALabelForEachImageItIsTheSelfSupervisedLoss() {
    int[] own = {0, 1, 2, 0, 1, 2};
    assertThat(loss(SIX, own, 0.1, LossScale.NONE)).isCloseTo(0.328379046700, within(1e-11));
    assertThat(loss(SIX, own, 0.5, LossScale.NONE)).isCloseTo(0.782608852918, within(1e-11));
  }

  @Test
  void withOnePositiveOfAnotherImageItIsTheNPairsLoss() {
    double[][] z = plane(0, 30, 120, 150);
    double mean = (0.3591001046 + 0.5162542429) / 2;

    assertThat(loss(z, new int[] {0, 0, 1, 1}, 1, LossScale.NONE)).isCloseTo(mean, within(1e-10));
  }

  @Test
  void singlePrecisionKeepsSixDigits() {
    try (SupConLoss loss = new SupConLoss(spec(0.1, LossScale.NONE))) {
      NDArray z = NaiveSupCon.array(manager, SIX).toType(DataType.FLOAT32, true);
      assertThat(loss.of(z, SIX_LABELS).loss()).isCloseTo(1.033324235833, within(1e-6));
    }
  }

  @Test
  void anAnchorWithoutAPositiveAddsNothingAndStillCounts() {
    double[][] z = plane(0, 30, 120, 150);
    int[] labels = {0, 1, 1, 3};
    double[] anchors = NaiveSupCon.perAnchor(z, labels, 0.1);

    assertThat(anchors[0]).isZero();
    assertThat(loss(z, labels, 0.1, LossScale.NONE))
        .isCloseTo((anchors[1] + anchors[2]) / 4, within(1e-12));
    assertGradientIsTheDifferenceQuotient(z, labels, 0.1);
  }

  @Test
  void withoutAnyPositiveLossAndGradientAreZero() {
    try (SupConLoss loss = new SupConLoss(spec(0.1, LossScale.NONE))) {
      LossGradient result = loss.of(NaiveSupCon.array(manager, SIX), new int[] {0, 1, 2, 3, 4, 5});
      assertThat(result.loss()).isZero();
      assertThat(result.gradient().toDoubleArray()).containsOnly(0);
    }
  }

  @Test
  void collapsedEmbeddingsCostTheLogarithmOfTheOthers() {
    double[][] z = plane(new double[16]);

    assertThat(loss(z, new int[16], 0.1, LossScale.NONE)).isCloseTo(Math.log(15), within(1e-12));
  }

  @Test
  void theGradientIsTheDifferenceQuotient() {
    double[][] z = random(14, 5);
    int[] labels = labels(14, 4);
    for (double tau : new double[] {0.07, 0.1, 1}) {
      assertGradientIsTheDifferenceQuotient(z, labels, tau);
    }
  }

  /** At 0.001 a plain exponential of the similarity overflows. */
  @Test
  void atTheLowestTemperatureTheGradientIsStillTheDifferenceQuotient() {
    double[][] z = random(8, 3);
    int[] labels = labels(8, 2);
    double[] gradient = gradient(z, labels, 0.001);

    assertThat(gradient).doesNotContain(Double.NaN, Double.POSITIVE_INFINITY);
    assertThat(Arrays.stream(gradient).map(Math::abs).max().orElseThrow()).isGreaterThan(1);
  }

  /** HobbitLong/SupContrast, issues 50, 100 and 104: features that nobody normalised. */
  @Test
  void longRowsAndAnEmptyOneAreFinite() {
    double[][] z = random(12, 3);
    for (double[] row : z) {
      Arrays.setAll(row, k -> 1e4 * row[k]);
    }
    z[5] = new double[3];
    int[] labels = labels(12, 4);

    assertThat(loss(z, labels, 0.1, LossScale.NONE)).isFinite();
    assertThat(Arrays.stream(gradient(z, labels, 0.1))).allMatch(Double::isFinite);
  }

  /** More rows than a tile, and a last tile that is not full. */
  @Test
  void theTiledGradientIsAutogradsOnTheDenseMatrix() {
    int m = 1100;
    NDArray z = NaiveSupCon.array(manager, random(m, 16)).toType(DataType.FLOAT32, true);
    int[] labels = labels(m, 7);
    JniUtils.setGradMode(true);
    z.setRequiresGradient(true);
    NDArray dense = NaiveSupCon.dense(z, labels, 0.1);
    JniUtils.backward((PtNDArray) dense, (PtNDArray) manager.create(1f), false, false);
    JniUtils.setGradMode(false);

    try (SupConLoss loss = new SupConLoss(spec(0.1, LossScale.NONE))) {
      LossGradient tiled = loss.of(z, labels);
      assertThat(tiled.loss()).isCloseTo(dense.getFloat(), within(1e-5));
      NDArray error = tiled.gradient().sub(z.getGradient()).norm();
      assertThat(error.getFloat() / z.getGradient().norm().getFloat()).isLessThan(2e-6f);
    }
  }

  @Test
  void theOrderOfTheRowsOnlyMovesTheGradient() {
    double[][] z = random(12, 4);
    int[] labels = labels(12, 3);
    double[][] reversed = new double[12][];
    int[] reversedLabels = new int[12];
    for (int i = 0; i < 12; i++) {
      reversed[i] = z[11 - i];
      reversedLabels[i] = labels[11 - i];
    }

    double[] forward = gradient(z, labels, 0.1);
    double[] backward = gradient(reversed, reversedLabels, 0.1);

    for (int i = 0; i < forward.length; i++) {
      int mirrored = (11 - i / 4) * 4 + i % 4;
      assertThat(backward[mirrored]).isCloseTo(forward[i], within(1e-12));
    }
  }

  private void assertGradientIsTheDifferenceQuotient(double[][] z, int[] labels, double tau) {
    double[] gradient = gradient(z, labels, tau);
    double step = 1e-6;
    int width = z[0].length;
    for (int i = 0; i < gradient.length; i++) {
      double kept = z[i / width][i % width];
      z[i / width][i % width] = kept + step;
      double above = NaiveSupCon.mean(z, labels, tau);
      z[i / width][i % width] = kept - step;
      double below = NaiveSupCon.mean(z, labels, tau);
      z[i / width][i % width] = kept;
      assertThat(gradient[i]).isCloseTo((above - below) / (2 * step), within(2e-8));
    }
  }

  private double loss(double[][] z, int[] labels, double tau, LossScale scale) {
    try (SupConLoss loss = new SupConLoss(spec(tau, scale))) {
      return loss.of(NaiveSupCon.array(manager, z), labels).loss();
    }
  }

  private double[] gradient(double[][] z, int[] labels, double tau) {
    return gradient(z, labels, spec(tau, LossScale.NONE));
  }

  private double[] gradient(double[][] z, int[] labels, LossSpec spec) {
    try (SupConLoss loss = new SupConLoss(spec)) {
      return loss.of(NaiveSupCon.array(manager, z), labels).gradient().toDoubleArray();
    }
  }

  private static LossSpec spec(double tau, LossScale scale) {
    return LossSpec.with(LossType.SUP_CON, tau, scale);
  }

  private static double[][] plane(double... degrees) {
    return Arrays.stream(degrees)
        .map(Math::toRadians)
        .mapToObj(angle -> new double[] {Math.cos(angle), Math.sin(angle)})
        .toArray(double[][]::new);
  }

  private static double[][] random(int rows, int width) {
    SplittableRandom random = new SplittableRandom(7);
    double[][] z = new double[rows][width];
    for (double[] row : z) {
      Arrays.setAll(row, k -> random.nextDouble() - 0.5);
      double length = Math.sqrt(Arrays.stream(row).map(x -> x * x).sum());
      Arrays.setAll(row, k -> row[k] / length);
    }
    return z;
  }

  private static int[] labels(int rows, int classes) {
    SplittableRandom random = new SplittableRandom(8);
    return random.ints(rows, 0, classes).toArray();
  }
}

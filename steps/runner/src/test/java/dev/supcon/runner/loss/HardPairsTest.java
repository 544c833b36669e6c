package dev.supcon.runner.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import dev.supcon.contract.spec.LossSpec;
import dev.supcon.runner.torchscript.TorchEngine;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The paper's analysis of the gradient before normalisation, Eq. 17 to 24: hard pairs weigh more.
 */
class HardPairsTest {
  private static final double TAU = 0.1;
  private static final String OUTSIDE = "{positives: outside}";
  private static final String INSIDE = "{positives: inside}";

  private final NDManager manager = TorchEngine.newManager();

  @AfterEach
  void close() {
    manager.close();
  }

  /** Values by hand for the anchor at 0 degrees (Eq. 4 and 5). */
  @Test
  void theAnchorsGradientHasItsGoldenValue() {
    double[][] z = Plane.at(0, 30, 120, 10, 50, 150);
    int[] labels = {0, 0, 1, 0, 0, 1};

    assertThat(ofFirstAnchor(OUTSIDE, z, labels))
        .containsExactly(new double[] {1.18162883, -2.17377189}, within(1e-8));
    assertThat(ofFirstAnchor(INSIDE, z, labels))
        .containsExactly(new double[] {-3.9828e-6, 1.6229e-6}, within(1e-10));
  }

  /**
   * A positive in the plane of x and y, negatives in that of x and z: each has its own component.
   */
  @ParameterizedTest
  @ValueSource(strings = {OUTSIDE, INSIDE})
  void aPairWeighsAsMuchAsItsProjectedFormulaSays(String form) {
    for (double angle = 5; angle < 90; angle += 17) {
      double[][] z = scene(angle, 100, 3, 1);
      double[] gradient = ofFirstAnchor(form, z, new int[] {0, 0, 1, 1, 1});
      double own = Math.exp(Plane.dot(z[0], z[1]) / TAU);
      double negative = Math.exp(Plane.dot(z[0], z[2]) / TAU);
      double all = own + 3 * negative;

      assertThat(gradient[1])
          .isCloseTo(z[1][1] * (own / all - 1) / TAU, within(1e-10)); // one positive: X = 1
      assertThat(gradient[2]).isCloseTo(3 * z[2][2] * negative / all / TAU, within(1e-10));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {OUTSIDE, INSIDE})
  void aPositiveFarFromTheAnchorPullsMoreThanANearOne(String form) {
    double[] pulls = new double[9];
    for (int i = 0; i < pulls.length; i++) {
      pulls[i] = -ofFirstAnchor(form, scene(10 * (i + 1), 90, 8, 1), labels(8, 1))[1];
    }

    assertThat(pulls).isSorted();
    assertThat(pulls[0]).isLessThan(0.02 * pulls[8]);
  }

  @ParameterizedTest
  @ValueSource(strings = {OUTSIDE, INSIDE})
  void aNegativeAcrossPushesMoreThanAnOppositeOne(String form) {
    double[] pushes = new double[9];
    for (int i = 0; i < pushes.length; i++) {
      pushes[i] = ofFirstAnchor(form, scene(60, 175 - 10 * i, 1, 1), labels(1, 1))[2];
    }

    assertThat(pushes).isSorted();
    assertThat(pushes[0]).isLessThan(0.01 * pushes[8]);
  }

  /** Eq. 24 and 23: at similarity 0, (N + P - |P|) / (|P| D) outside and N / (P D) inside. */
  @Test
  void moreNegativesMakeAHardPositiveWeighMore() {
    double outside = 0;
    double inside = 0;
    for (int negatives : new int[] {1, 4, 16, 64}) {
      double[][] z = scene(90, 90, negatives, 2);
      double sum = 2 + negatives; // every exponential is 1
      double pull = -ofFirstAnchor(OUTSIDE, z, labels(negatives, 2))[1];
      double inner = -ofFirstAnchor(INSIDE, z, labels(negatives, 2))[1];

      assertThat(pull).isCloseTo(2 * (sum - 2) / (2 * sum) / TAU, within(1e-10));
      assertThat(inner).isCloseTo(2 * negatives / (2 * sum) / TAU, within(1e-10));
      assertThat(pull).isGreaterThan(outside);
      assertThat(inner).isGreaterThan(inside);
      outside = pull;
      inside = inner;
    }
  }

  /** L_in hardly asks for a hard positive beside an easy one; L_out asks for each. */
  @Test
  void besideAnEasyPositiveOnlyOutsidePullsTheHardOne() {
    double[][] z = {{1, 0, 0}, {0, 1, 0}, {1, 0, 0}, {0, 0, 1}, {0, 0, 1}};
    int[] labels = {0, 0, 0, 1, 1};

    assertThat(-ofFirstAnchor(OUTSIDE, z, labels)[1]).isCloseTo(0.5 / TAU, within(0.01));
    assertThat(-ofFirstAnchor(INSIDE, z, labels)[1]).isLessThan(1e-6);
  }

  /** The anchor along x, positives turned towards y, negatives towards z. */
  private static double[][] scene(double positive, double negative, int negatives, int positives) {
    double[][] z = new double[1 + positives + negatives][];
    z[0] = new double[] {1, 0, 0};
    double p = Math.toRadians(positive);
    double n = Math.toRadians(negative);
    Arrays.fill(z, 1, 1 + positives, new double[] {Math.cos(p), Math.sin(p), 0});
    Arrays.fill(z, 1 + positives, z.length, new double[] {Math.cos(n), 0, Math.sin(n)});
    return z;
  }

  private static int[] labels(int negatives, int positives) {
    int[] labels = new int[1 + positives + negatives];
    Arrays.fill(labels, 1 + positives, labels.length, 1);
    return labels;
  }

  /** The first row's loss alone, by the first row: one view of each image, no other anchor. */
  private double[] ofFirstAnchor(String form, double[][] z, int[] labels) {
    LossSpec spec = LossText.spec(form);
    BatchRoles roles = BatchRoles.of(labels, spec, 1, AnchorWeights.EQUAL);
    Arrays.fill(roles.weights(), 0);
    roles.weights()[0] = 1;
    try (GeneralSupConLoss loss = new GeneralSupConLoss(spec, 1, AnchorWeights.EQUAL)) {
      LossGradient result = loss.of(Plane.array(manager, z), labels, roles);
      return Arrays.copyOf(result.gradient().toDoubleArray(), z[0].length);
    }
  }
}

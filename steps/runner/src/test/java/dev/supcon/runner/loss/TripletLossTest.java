package dev.supcon.runner.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import dev.supcon.runner.GoldenFile;
import dev.supcon.runner.torchscript.TorchEngine;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TripletLossTest {
  private static final JsonNode GOLDEN = GoldenFile.read("loss");
  private final NDManager manager = TorchEngine.newManager();

  @AfterEach
  void close() {
    manager.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 16, 5})
  void theHardestPairsAreThoseOfLoops(int tile) {
    for (JsonNode kase : GOLDEN.path("triplet")) {
      assertCase(kase, tile, DataType.FLOAT64, 1e-10);
    }
  }

  @Test
  void singlePrecisionKeepsSixDigits() {
    for (JsonNode kase : GOLDEN.path("triplet")) {
      assertCase(kase, 16, DataType.FLOAT32, 1e-6);
    }
  }

  private void assertCase(JsonNode kase, int tile, DataType type, double tolerance) {
    int width = GOLDEN.path("width").asInt();
    int rows = kase.path("rows").asInt();
    int[] images = GoldenFile.ints(GOLDEN.path("labels"));
    double[] all = GoldenFile.doubles(GOLDEN.path("z"));
    NDArray z = manager.create(Arrays.copyOf(all, rows * width), new Shape(rows, width));
    int[] labels = IntStream.range(0, rows).map(row -> images[row % images.length]).toArray();
    try (TripletLoss loss = new TripletLoss(kase.path("margin").asDouble(), tile)) {
      LossGradient result = loss.of(z.toType(type, true), labels);
      double expected = kase.path("loss").asDouble();
      assertThat(result.loss()).isCloseTo(expected, within(tolerance * Math.max(1, expected)));
      double[] padded = Arrays.copyOf(doubles(result.gradient()), all.length);
      GoldenGradient.agrees(manager.create(padded), kase, GOLDEN, tolerance);
    }
  }

  private static double[] doubles(NDArray array) {
    return array.toType(DataType.FLOAT64, true).toDoubleArray();
  }

  /** Paper, supplementary 8: the contrastive loss of a triplet is one to first order. */
  @Test
  void aMarginOfTwoTauIsTheFirstOrderOfTheContrastiveLoss() {
    double tau = 0.5;
    int[] labels = {0, 0, 1};
    for (double delta : new double[] {1e-2, 1e-3}) {
      double[][] z = triangle(0.2, 0.2 + delta);
      double perAnchor = 1.5 * contrastive(z, labels, tau); // the third row has no positive
      double expanded = 1.5 * triplet(z, labels, 2 * tau) / (2 * tau);
      double x = delta / tau; // e^x = e^L - 1, and 1 + x is the triplet's
      assertThat(Math.expm1(perAnchor)).isCloseTo(Math.exp(x), within(1e-12));
      assertThat(expanded).isCloseTo(1 + x, within(1e-12));
      assertThat(Math.expm1(perAnchor) - expanded).isBetween(0.0, x * x);
    }
  }

  /** Anchor and positive alike to the negative, with these similarities. */
  private static double[][] triangle(double positive, double negative) {
    double half = Math.sqrt((1 + positive) / 2);
    double side = Math.sqrt(1 - half * half);
    double x = negative / half;
    return new double[][] {{half, side, 0}, {half, -side, 0}, {x, 0, Math.sqrt(1 - x * x)}};
  }

  @Test
  void equalEmbeddingsCostTheMargin() {
    assertThat(triplet(Plane.at(new double[8]), new int[] {0, 1, 0, 1, 0, 1, 0, 1}, 0.3))
        .isCloseTo(0.3, within(1e-12));
  }

  @Test
  void withoutANegativeOrAPositiveItIsZero() {
    double[][] z = Plane.random(6, 3, 2);

    assertThat(triplet(z, new int[6], 4)).isZero();
    assertThat(triplet(z, new int[] {0, 1, 2, 3, 4, 5}, 4)).isZero();
  }

  private double triplet(double[][] z, int[] labels, double margin) {
    try (TripletLoss loss = new TripletLoss(margin)) {
      return loss.of(Plane.array(manager, z), labels).loss();
    }
  }

  private double contrastive(double[][] z, int[] labels, double tau) {
    try (SupConLoss loss = new SupConLoss(LossText.spec("{temperature: " + tau + "}"))) {
      return loss.of(Plane.array(manager, z), labels).loss();
    }
  }
}

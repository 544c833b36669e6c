package dev.supcon.runner.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import dev.supcon.contract.spec.LossSpec;
import dev.supcon.runner.GoldenFile;
import dev.supcon.runner.torchscript.TorchEngine;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SoftSupConLossTest {
  private static final JsonNode GOLDEN = GoldenFile.read("loss");
  private final NDManager manager = TorchEngine.newManager();

  @AfterEach
  void close() {
    manager.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 16, 5})
  void targetsByDegreeAreThoseOfLoopsAndAutograd(int tile) {
    assertCases(tile, DataType.FLOAT64, 1e-10);
  }

  @Test
  void singlePrecisionKeepsSixDigits() {
    assertCases(16, DataType.FLOAT32, 1e-6);
  }

  private void assertCases(int tile, DataType type, double tolerance) {
    int[] images = GoldenFile.ints(GOLDEN.path("labels"));
    int rows = 2 * images.length;
    int[] labels = IntStream.range(0, rows).map(row -> images[row % images.length]).toArray();
    Shape shape = new Shape(rows, GOLDEN.path("width").asInt());
    NDArray z = manager.create(GoldenFile.doubles(GOLDEN.path("z")), shape).toType(type, true);
    for (JsonNode kase : GOLDEN.path("soft")) {
      LossSpec spec = LossText.spec("{temperature: " + kase.path("temperature").asText() + "}");
      try (SoftSupConLoss loss = new SoftSupConLoss(spec, similarity(kase), tile)) {
        LossGradient result = loss.of(z, labels);
        double expected = kase.path("loss").asDouble();
        assertThat(result.loss()).isCloseTo(expected, within(tolerance * Math.max(1, expected)));
        GoldenGradient.agrees(result.gradient(), kase, GOLDEN, tolerance);
      }
    }
  }

  private static double[][] similarity(JsonNode kase) {
    double[][] rows = new double[kase.path("similarity").size()][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = GoldenFile.doubles(kase.path("similarity").path(i));
    }
    return rows;
  }

  @Test
  void classesThatAreOnlyLikeThemselvesGiveTheSupervisedLoss() {
    double[][] same = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
    NDArray z = Plane.array(manager, Plane.random(20, 4, 9));
    int[] labels = Plane.labels(20, 3, 9);
    LossSpec spec = LossText.spec("{temperature: 0.1, scale: tauOverBase}");
    try (SoftSupConLoss soft = new SoftSupConLoss(spec, same);
        SupConLoss hard = new SupConLoss(spec)) {
      LossGradient expected = hard.of(z, labels);
      LossGradient result = soft.of(z, labels);

      assertThat(result.loss()).isCloseTo(expected.loss(), within(1e-12));
      assertThat(result.gradient().toDoubleArray())
          .containsExactly(expected.gradient().toDoubleArray(), within(1e-12));
    }
  }

  @Test
  void aDegreeBelowZeroIsRefused() {
    assertThatThrownBy(() -> new SoftSupConLoss(LossText.spec("{}"), new double[][] {{-1}}))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

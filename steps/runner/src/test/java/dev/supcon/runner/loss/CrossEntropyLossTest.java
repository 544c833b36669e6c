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
import org.junit.jupiter.api.Test;

class CrossEntropyLossTest {
  private static final double[] LOGITS = {1, -2, 0.5, 3, 0, -1000, 0.1, 0.2, 0.3};
  private static final int[] LABELS = {0, 1, 2};

  @Test
  void lossAndGradientAreThoseOfTheFormula() {
    try (NDManager manager = TorchEngine.newManager();
        CrossEntropyLoss loss = new CrossEntropyLoss(0)) {
      LossGradient result = loss.of(manager.create(LOGITS, new Shape(3, 3)), LABELS);

      assertThat(result.loss()).isCloseTo(naive(LOGITS), within(1e-12));
      double[] gradient = result.gradient().toDoubleArray();
      for (int i = 0; i < LOGITS.length; i++) {
        double[] above = LOGITS.clone();
        double[] below = LOGITS.clone();
        above[i] += 1e-6;
        below[i] -= 1e-6;
        double quotient = (naive(above) - naive(below)) / 2e-6;
        assertThat(gradient[i]).isCloseTo(quotient, within(1e-8));
      }
    }
  }

  @Test
  void smoothedLabelsAreThoseOfPyTorch() {
    JsonNode golden = GoldenFile.read("loss").path("crossEntropy");
    int[] labels = GoldenFile.ints(golden.path("labels"));
    for (JsonNode kase : golden.path("cases")) {
      try (NDManager manager = TorchEngine.newManager();
          CrossEntropyLoss loss = new CrossEntropyLoss(kase.path("labelSmoothing").asDouble())) {
        NDArray logits = manager.create(GoldenFile.doubles(golden.path("logits")), new Shape(7, 5));
        LossGradient result = loss.of(logits, labels);
        LossGradient single = loss.of(logits.toType(DataType.FLOAT32, true), labels);

        assertThat(result.loss()).isCloseTo(kase.path("loss").asDouble(), within(1e-12));
        assertThat(single.loss()).isCloseTo(kase.path("loss").asDouble(), within(1e-6));
        assertThat(result.gradient().toDoubleArray())
            .containsExactly(GoldenFile.doubles(kase.path("gradient")), within(1e-12));
      }
    }
  }

  private static double naive(double[] logits) {
    double total = 0;
    for (int row = 0; row < 3; row++) {
      double sum = 0;
      for (int c = 0; c < 3; c++) {
        sum += Math.exp(logits[3 * row + c]);
      }
      total += Math.log(sum) - logits[3 * row + LABELS[row]];
    }
    return total / 3;
  }
}

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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LargeMarginLossTest {
  private static final JsonNode GOLDEN = GoldenFile.read("loss").path("largeMargin");
  private final NDManager manager = TorchEngine.newManager();

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void theAngleToTheOwnClassCountsSeveralTimes() {
    for (JsonNode kase : GOLDEN.path("cases")) {
      LossGradient result = of(kase, output());
      LossGradient single = of(kase, output().toType(DataType.FLOAT32, true));

      assertThat(result.loss()).isCloseTo(kase.path("loss").asDouble(), within(1e-12));
      assertThat(result.gradient().toDoubleArray())
          .containsExactly(GoldenFile.doubles(kase.path("gradient")), within(1e-10));
      assertThat(single.loss()).isCloseTo(kase.path("loss").asDouble(), within(2e-6));
    }
  }

  private static LossGradient of(JsonNode kase, NDArray output) {
    int margin = kase.path("margin").asInt();
    try (LargeMarginLoss loss = new LargeMarginLoss(margin, kase.path("softening").asDouble())) {
      return loss.of(output, GoldenFile.ints(GOLDEN.path("labels")));
    }
  }

  private NDArray output() {
    double[] flat = GoldenFile.doubles(GOLDEN.path("output"));
    return manager.create(flat, new Shape(flat.length / 10, 10));
  }

  @Test
  void aMarginOfOneIsCrossEntropy() {
    int[] labels = GoldenFile.ints(GOLDEN.path("labels"));
    try (LargeMarginLoss margin = new LargeMarginLoss(1, 0);
        CrossEntropyLoss plain = new CrossEntropyLoss(0)) {
      NDArray logits = output().get(":, 0:5");

      assertThat(margin.of(output(), labels).loss())
          .isCloseTo(plain.of(logits, labels).loss(), within(1e-12));
    }
  }

  @Test
  void anOutputOfZeroIsFinite() {
    try (LargeMarginLoss loss = new LargeMarginLoss(4, 5)) {
      LossGradient result = loss.of(manager.zeros(new Shape(2, 10)), new int[] {0, 1});

      assertThat(result.loss()).isCloseTo(Math.log(5), within(1e-6));
      assertThat(Arrays.stream(result.gradient().toType(DataType.FLOAT64, true).toDoubleArray()))
          .allMatch(Double::isFinite);
    }
  }
}

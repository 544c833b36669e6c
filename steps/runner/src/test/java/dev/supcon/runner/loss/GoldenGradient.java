package dev.supcon.runner.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import com.fasterxml.jackson.databind.JsonNode;
import dev.supcon.runner.GoldenFile;

/** A gradient of which norm and products with a few vectors are known. */
final class GoldenGradient {
  private GoldenGradient() {}

  /**
   * @param tolerance relative to the gradient's norm
   */
  static void agrees(NDArray gradient, JsonNode kase, JsonNode golden, double tolerance) {
    double[] values = gradient.toType(DataType.FLOAT64, true).toDoubleArray();
    double norm = kase.path("norm").asDouble();
    String name = kase.path("spec").toString();
    assertThat(Math.sqrt(Plane.dot(values, values)))
        .as(name)
        .isCloseTo(norm, within(tolerance * norm));
    for (int k = 0; k < kase.path("along").size(); k++) {
      double[] vector = GoldenFile.doubles(golden.path("vectors").path(k));
      double product = Plane.dot(values, vector);
      double scale = norm * Math.sqrt(Plane.dot(vector, vector));
      assertThat(product)
          .as(name)
          .isCloseTo(kase.path("along").path(k).asDouble(), within(tolerance * scale));
    }
  }
}

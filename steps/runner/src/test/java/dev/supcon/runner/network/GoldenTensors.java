package dev.supcon.runner.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;
import java.util.Map;

/** Tensors in fp64 against norms and projections, as encoders_golden.py describes them. */
public final class GoldenTensors {
  private static final double EXACT = 1e-9;

  private GoldenTensors() {}

  /** All of them, in the oracle's order. */
  public static void same(Map<String, double[]> found, JsonNode golden) {
    assertThat(found).hasSize(golden.path("norms").size());
    Iterator<JsonNode> norms = golden.path("norms").elements();
    found.forEach(
        (name, tensor) -> {
          double norm = norms.next().asDouble();
          assertThat(MadeNumbers.norm(tensor)).as(name).isCloseTo(norm, within(EXACT * norm));
        });
    for (Map.Entry<String, JsonNode> sampled : golden.path("projections").properties()) {
      double[] tensor = found.getOrDefault(sampled.getKey(), new double[0]);
      sameProjections(sampled.getKey(), tensor, sampled.getValue());
    }
  }

  static void same(String name, double[] found, JsonNode golden) {
    double norm = golden.path("norm").asDouble();
    assertThat(MadeNumbers.norm(found)).as(name).isCloseTo(norm, within(EXACT * norm));
    sameProjections(name, found, golden.path("projections"));
  }

  private static void sameProjections(String name, double[] found, JsonNode projections) {
    double tolerance = EXACT * MadeNumbers.norm(found);
    assertThat(projections.size()).as(name).isEqualTo(MadeNumbers.PROJECTIONS);
    for (int j = 0; j < projections.size(); j++) {
      assertThat(MadeNumbers.MIXED.projection(j, name, found))
          .as(name)
          .isCloseTo(projections.path(j).asDouble(), within(tolerance));
    }
  }
}

package dev.supcon.runner.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.supcon.runner.GoldenFile;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RetrievalTest {

  @Test
  void recallAndMeanPrecisionAreThoseOfTheOracle() {
    JsonNode golden = GoldenFile.read("metrics").path("retrieval");
    Features features =
        new Features(
            GoldenFile.floats(golden.path("rows")),
            golden.path("rows").path(0).size(),
            GoldenFile.ints(golden.path("labels")));

    Map<String, Double> metrics = Retrieval.metrics(features, () -> {});

    assertThat(metrics).hasSize(golden.path("metrics").size());
    metrics.forEach(
        (name, value) ->
            assertThat(value)
                .as(name)
                .isCloseTo(golden.path("metrics").path(name).asDouble(), within(1e-9)));
  }

  /** Two classes at right angles, in more than one block. */
  @Test
  void classesThatLieApartAreFoundWhole() {
    int rows = 600;
    float[] values = new float[2 * rows];
    int[] labels = new int[rows];
    for (int row = 0; row < rows; row++) {
      labels[row] = row % 2;
      values[2 * row + labels[row]] = 1 + row;
    }
    AtomicInteger blocks = new AtomicInteger();
    Map<String, Double> metrics =
        Retrieval.metrics(new Features(values, 2, labels), blocks::incrementAndGet);

    assertThat(blocks).hasValue(3);
    assertThat(metrics).containsEntry("recallAt1", 1.0);
    assertThat(metrics.get("mapAtR")).isCloseTo(1, within(1e-12));
  }

  @Test
  void whereNoImageHasACompanionNothingIsMeasured() {
    float[] values = new float[6];
    Arrays.fill(values, 1);

    assertThat(Retrieval.metrics(new Features(values, 2, new int[] {0, 1, 2}), () -> {})).isEmpty();
  }
}

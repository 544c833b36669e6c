package dev.supcon.runner.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.supcon.contract.spec.KnnSpec;
import dev.supcon.runner.GoldenFile;
import dev.supcon.runner.measure.Accuracy;
import dev.supcon.runner.measure.Predictions;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class NearestNeighboursTest {

  @Test
  void sharesOfVotesAreThoseOfTheOracle() {
    JsonNode golden = GoldenFile.read("metrics").path("knn");
    Features bank = features(golden, "train");
    Features queries = features(golden, "test");
    int classes = golden.path("classes").asInt();
    assertThat(golden.path("cases")).isNotEmpty();
    for (JsonNode kase : golden.path("cases")) {
      KnnSpec spec = new KnnSpec(0, kase.path("k").asInt(), kase.path("temperature").asDouble());
      Predictions votes = NearestNeighbours.predict(bank, queries, classes, spec, () -> {});

      assertThat(votes.logits())
          .containsExactly(GoldenFile.floats(kase.path("shares")), within(2e-6f));
      assertThat(Accuracy.top(1, votes)).isEqualTo(kase.path("top1").asDouble());
    }
  }

  @Test
  void manyQueriesAreAnsweredAsEachOfThemAlone() {
    Features bank = new Features(new float[] {1, 0, 0, 1, 1, 1}, 2, new int[] {0, 1, 2});
    int asked = 600;
    float[] values = new float[2 * asked];
    for (int i = 0; i < asked; i++) {
      values[2 * i] = (float) StrictMath.cos(i);
      values[2 * i + 1] = (float) StrictMath.sin(i);
    }
    KnnSpec spec = new KnnSpec(0, 2, 0.5);
    AtomicInteger blocks = new AtomicInteger();
    Features queries = new Features(values, 2, new int[asked]);
    Predictions all = NearestNeighbours.predict(bank, queries, 3, spec, blocks::incrementAndGet);

    assertThat(blocks).hasValue(3);
    for (int i : new int[] {0, 255, 256, 511, 512, 599}) {
      Features one = new Features(Arrays.copyOfRange(values, 2 * i, 2 * i + 2), 2, new int[1]);
      assertThat(Arrays.copyOfRange(all.logits(), 3 * i, 3 * i + 3))
          .containsExactly(
              NearestNeighbours.predict(bank, one, 3, spec, () -> {}).logits(), within(1e-6f));
    }
  }

  @Test
  void moreNeighboursThanRowsAreAllRows() {
    Features bank = new Features(new float[] {1, 0, 0, 1}, 2, new int[] {0, 1});
    Features query = new Features(new float[] {2, 1}, 2, new int[] {0});
    Predictions votes =
        NearestNeighbours.predict(bank, query, 2, new KnnSpec(0, 200, 1.0), () -> {});

    double gap = (2 - 1) / Math.sqrt(5);
    assertThat(votes.logits()[0]).isCloseTo((float) (1 / (1 + Math.exp(-gap))), within(1e-6f));
  }

  @Test
  void aLowTemperatureAndAnEmptyFeatureGiveNumbers() {
    Features bank = new Features(new float[] {1, 0, -1, 0.5f, 0, 0}, 2, new int[] {0, 1, 1});
    Features query = new Features(new float[] {0, 0, 1, 1}, 2, new int[] {0, 0});
    Predictions votes =
        NearestNeighbours.predict(bank, query, 2, new KnnSpec(0, 2, 0.001), () -> {});

    assertThat(votes.logits()[0] + votes.logits()[1]).isCloseTo(1, within(1e-6f));
    assertThat(votes.logits()[2]).isCloseTo(1, within(1e-6f));
  }

  private static Features features(JsonNode golden, String part) {
    return new Features(
        GoldenFile.floats(golden.path(part)),
        golden.path(part).path(0).size(),
        GoldenFile.ints(golden.path(part + "Labels")));
  }
}

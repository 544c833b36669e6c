package dev.supcon.runner.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.supcon.runner.GoldenFile;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Jitter and warp of the authors' code, which are no whole-number arithmetic. */
class FloatingOperationsTest {
  private final JsonNode golden = GoldenFile.read("operations");

  @Test
  void theJitterIsTheAuthorsWithinOneLevel() {
    for (JsonNode each : golden.get("floating")) {
      if (each.has("jitter")) {
        byte[] rgb = pixels(each);
        new AuthorsJitter(side(each)).apply(jitter(each), rgb, 0);
        assertClose(rgb, Golden.pixels(each), each.get("jitter").toString());
      }
    }
  }

  @Test
  void theWarpIsTheAuthorsWithinOneLevel() {
    for (JsonNode each : golden.get("floating")) {
      if (each.has("moves")) {
        byte[] rgb = pixels(each);
        double[] moves = GoldenFile.doubles(each.get("moves"));
        new SparseWarp(side(each)).apply(i -> moves[i], rgb, 0);
        assertClose(rgb, Golden.pixels(each), each.get("moves").toString());
      }
    }
  }

  @Test
  void theTablesLogarithmIsExactToEightDigits() {
    for (double value = 1e-10; value < 1e7; value *= 1.01) {
      assertThat(FastLog.of(value)).isCloseTo(StrictMath.log(value), within(1e-8));
    }
  }

  /** At most one level apart, and that at less than one value in two hundred. */
  private static void assertClose(byte[] rgb, byte[] expected, String name) {
    int apart = 0;
    for (int i = 0; i < rgb.length; i++) {
      int difference = Math.abs((rgb[i] & 255) - (expected[i] & 255));
      assertThat(difference).as("%s at %d", name, i).isLessThanOrEqualTo(1);
      apart += difference;
    }
    assertThat(apart).as(name).isLessThan(rgb.length / 200);
  }

  private byte[] pixels(JsonNode each) {
    return Golden.pixels(image(each));
  }

  private int side(JsonNode each) {
    return image(each).get("side").asInt();
  }

  private JsonNode image(JsonNode each) {
    return golden.get("images").get(each.get("image").asText());
  }

  private static ColorJitter jitter(JsonNode each) {
    List<ColorJitter.Change> order =
        each.get("jitter")
            .valueStream()
            .map(change -> ColorJitter.Change.valueOf(change.asText()))
            .toList();
    double[] factors = GoldenFile.doubles(each.get("factors"));
    return new ColorJitter(
        ColorJitter.ORDERS.indexOf(order), factors[0], factors[1], factors[2], factors[3]);
  }
}

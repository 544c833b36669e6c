package dev.supcon.runner.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.JsonNode;
import dev.supcon.runner.GoldenFile;
import dev.supcon.runner.torchscript.Tensors;
import dev.supcon.runner.torchscript.TorchEngine;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class EmbeddingGeometryTest {
  private final NDManager manager = TorchEngine.newManager();

  @AfterEach
  void close() {
    manager.close();
  }

  static Stream<JsonNode> cases() {
    return StreamSupport.stream(GoldenFile.read("geometry").path("cases").spliterator(), false);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void itIsThatOfTheArticlesCode(JsonNode golden) {
    float[] rows = GoldenFile.floats(golden.path("rows"));
    int[] labels = GoldenFile.ints(golden.path("labels"));
    int dimension = golden.path("dimension").asInt();
    NDArray embeddings = Tensors.floats(manager, rows, rows.length / dimension, dimension);
    EmbeddingGeometry geometry = EmbeddingGeometry.of(embeddings, labels);

    assertThat(geometry.rankMe()).isCloseTo(golden.path("rankMe").asDouble(), within(1e-9));
    assertThat(geometry.alignment()).isCloseTo(golden.path("alignment").asDouble(), within(1e-9));
    assertThat(geometry.uniformity()).isCloseTo(golden.path("uniformity").asDouble(), within(1e-9));
  }

  @Test
  void withoutAPositivePairThereIsNoAlignment() {
    NDArray embeddings = Tensors.floats(manager, new float[] {1, 0, 0, 1}, 2, 2);

    assertThat(EmbeddingGeometry.of(embeddings, new int[] {0, 1}).alignment()).isNaN();
  }

  /** A network whose parameters overflowed embeds so until its run ends. */
  @Test
  void ofEmbeddingsThatAreNotFiniteThereIsNone() {
    NDArray embeddings = Tensors.floats(manager, new float[] {1, 0, 0, Float.NaN}, 2, 2);

    assertThat(EmbeddingGeometry.of(embeddings, new int[] {0, 1}))
        .isEqualTo(new EmbeddingGeometry(Double.NaN, Double.NaN, Double.NaN));
  }
}

package dev.supcon.operator.scale;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Many experiments of five steps in one namespace; no two numbers share a step. */
record Fleet(KubernetesClient client, String namespace) {
  static final int STEPS = 5;
  private static final int AT_ONCE = 8;
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Those of the numbers from 0, all at once. */
  void create(String prefix, int count) {
    try (ExecutorService hands = Executors.newFixedThreadPool(AT_ONCE)) {
      for (int i = 0; i < count; i++) {
        Map<String, Object> experiment = experiment("%s-%04d".formatted(prefix, i), i);
        hands.execute(() -> client.raw(path(), "POST", experiment));
      }
    }
  }

  private String path() {
    return "/apis/supcon.dev/v1alpha1/namespaces/%s/supconexperiments".formatted(namespace);
  }

  /** The digest of its data makes every key its own; the same number has the same keys. */
  private static Map<String, Object> experiment(String name, int number) {
    String digest = HexFormat.of().toHexDigits(number + 1L).repeat(4);
    Map<String, Object> data =
        Map.of("name", "images", "s3", "s3://supcon/data/images", "digest", digest);
    return Map.of(
        "apiVersion",
        "supcon.dev/v1alpha1",
        "kind",
        "SupConExperiment",
        "metadata",
        Map.of("name", name),
        "spec",
        Map.of(
            "data",
            data,
            "corruption",
            Map.of("types", List.of("gaussianNoise")),
            "transfer",
            List.of(Map.of("data", data, "l2", List.of(1))),
            "execution",
            Map.of("runtime", "default")));
  }

  /** How many have ended well; one that failed ends the bench. */
  int succeeded() {
    int succeeded = 0;
    for (JsonNode experiment : list()) {
      String result = experiment.at("/status/result").asText();
      if (result.equals("Failed")) {
        throw new IllegalStateException(experiment.toPrettyString());
      }
      succeeded += result.equals("Succeeded") ? 1 : 0;
    }
    return succeeded;
  }

  private JsonNode list() {
    try {
      return JSON.readTree(client.raw(path())).get("items");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

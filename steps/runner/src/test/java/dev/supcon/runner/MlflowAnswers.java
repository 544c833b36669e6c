package dev.supcon.runner;

import com.fasterxml.jackson.databind.JsonNode;
import dev.supcon.contract.step.ContractJson;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.StreamSupport;

/** What a real MLflow server ({@code dev/servers up}) says of runs. */
final class MlflowAnswers {
  static final String SERVER = Objects.requireNonNullElse(System.getenv("MLFLOW_TRACKING_URI"), "");

  private MlflowAnswers() {}

  /** All runs of an experiment. */
  static List<JsonNode> runs(String experiment) throws IOException, InterruptedException {
    String name = URLEncoder.encode(experiment, StandardCharsets.UTF_8);
    JsonNode found =
        answer(
            HttpRequest.newBuilder(
                URI.create(
                    SERVER + "/api/2.0/mlflow/experiments/get-by-name?experiment_name=" + name)));
    String id = found.at("/experiment/experiment_id").asText();
    JsonNode runs =
        answer(
            HttpRequest.newBuilder(URI.create(SERVER + "/api/2.0/mlflow/runs/search"))
                .header("Content-Type", "application/json")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        ContractJson.write(Map.of("experiment_ids", List.of(id))))));
    return StreamSupport.stream(runs.path("runs").spliterator(), false).toList();
  }

  /** The value of a run's tag; empty without it. */
  static String tag(JsonNode run, String name) {
    return StreamSupport.stream(run.at("/data/tags").spliterator(), false)
        .filter(tag -> tag.path("key").asText().equals(name))
        .map(tag -> tag.path("value").asText())
        .findFirst()
        .orElse("");
  }

  private static JsonNode answer(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      HttpResponse<String> answer =
          http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return ContractJson.MAPPER.readTree(answer.body());
    }
  }
}

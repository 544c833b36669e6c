package dev.supcon.operator.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

/** MLflow's own REST interface, as its pages use it. */
final class TrackedRuns {
  private static final ObjectMapper JSON = new ObjectMapper();
  private final HttpClient http = HttpClient.newHttpClient();
  private final String server = System.getenv("MLFLOW_TRACKING_URI") + "/api/2.0/mlflow/";

  /** Names of the runs of an MLflow experiment that count as running. */
  List<String> running(String experiment) {
    List<String> names = new ArrayList<>();
    for (JsonNode run : runs(experiment, "attributes.status = 'RUNNING'")) {
      names.add(run.at("/info/run_name").asText());
    }
    return names;
  }

  /** All its runs. */
  JsonNode runs(String experiment, String filter) {
    JsonNode found =
        post(
            "experiments/search",
            JSON.createObjectNode()
                .put("max_results", 1000)
                .put("filter", "name = '" + experiment + "'"));
    var body = JSON.createObjectNode().put("max_results", 1000).put("filter", filter);
    found
        .path("experiments")
        .forEach(one -> body.withArray("experiment_ids").add(one.path("experiment_id")));
    return body.has("experiment_ids")
        ? post("runs/search", body).path("runs")
        : JSON.createArrayNode();
  }

  private JsonNode post(String path, JsonNode body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server + path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
            .build();
    try {
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}

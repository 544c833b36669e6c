package dev.supcon.services.track;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.mlflow.api.proto.Service.CreateExperiment;
import org.mlflow.api.proto.Service.Metric;
import org.mlflow.api.proto.Service.Param;
import org.mlflow.api.proto.Service.Run;
import org.mlflow.api.proto.Service.RunTag;
import org.mlflow.api.proto.Service.ViewType;
import org.mlflow.tracking.MlflowClient;

/** What a real MLflow server has, by its own interfaces. */
public final class MlflowReader implements AutoCloseable {
  private final String url;
  private final MlflowClient client;
  private final HttpClient http = HttpClient.newHttpClient();

  public MlflowReader(String url) {
    this.url = url;
    this.client = new MlflowClient(url);
  }

  /** An experiment whose artifacts lie under that root. */
  void makeExperiment(String name, String artifactRoot) {
    client.createExperiment(
        CreateExperiment.newBuilder().setName(name).setArtifactLocation(artifactRoot).build());
  }

  void deleteExperiment(String name) {
    client.getExperimentByName(name).ifPresent(e -> client.deleteExperiment(e.getExperimentId()));
  }

  public List<Recorded> runs(RunName name) {
    List<Run> all = all(name.experiment());
    return all.stream()
        .filter(run -> tags(run).entrySet().containsAll(name.tags().entrySet()))
        .filter(run -> !tags(run).containsKey("mlflow.parentRunId"))
        .map(run -> recorded(run, all))
        .toList();
  }

  private List<Run> all(String experiment) {
    return client
        .getExperimentByName(experiment)
        .map(
            there ->
                client
                    .searchRuns(List.of(there.getExperimentId()), "", ViewType.ACTIVE_ONLY, 1000)
                    .getItems())
        .orElse(List.of());
  }

  static Map<String, String> tags(Run run) {
    return run.getData().getTagsList().stream()
        .collect(Collectors.toMap(RunTag::getKey, RunTag::getValue));
  }

  private Recorded recorded(Run run, List<Run> all) {
    Map<String, Recorded> attempts = new HashMap<>();
    for (Run other : all) {
      Map<String, String> tags = tags(other);
      if (run.getInfo().getRunId().equals(tags.get("mlflow.parentRunId"))) {
        String attempt = tags.get("supcon.step") + "/" + tags.get("supcon.attempt");
        if (attempts.put(attempt, recorded(other, List.of())) != null) {
          throw new AssertionError("two runs of " + attempt);
        }
      }
    }
    Map<String, String> params =
        run.getData().getParamsList().stream()
            .collect(Collectors.toMap(Param::getKey, Param::getValue));
    String id = run.getInfo().getRunId();
    return new Recorded(
        run.getInfo().getStatus().name(), params, curves(run), artifacts(id, ""), attempts);
  }

  private Map<String, List<Recorded.Point>> curves(Run run) {
    Map<String, List<Recorded.Point>> curves = new TreeMap<>();
    for (Metric metric : run.getData().getMetricsList()) {
      List<Recorded.Point> points =
          client.getMetricHistory(run.getInfo().getRunId(), metric.getKey()).stream()
              .sorted(Comparator.comparing(Metric::getStep))
              .map(point -> new Recorded.Point(point.getStep(), point.getValue()))
              .toList();
      curves.put(metric.getKey(), points);
    }
    return curves;
  }

  private Map<String, String> artifacts(String run, String folder) {
    Map<String, String> found = new HashMap<>();
    String query = "artifacts/list?run_id=" + run + "&path=" + encoded(folder);
    for (JsonNode file : json(client.sendGet(query)).path("files")) {
      String path = file.path("path").asText();
      if (file.path("is_dir").asBoolean()) {
        found.putAll(artifacts(run, path));
      } else {
        found.put(path, text(run, path));
      }
    }
    return found;
  }

  private static JsonNode json(String text) {
    try {
      return new JsonMapper().readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private String text(String run, String path) {
    String query = "run_uuid=" + run + "&path=" + encoded(path);
    try {
      return http.send(
              HttpRequest.newBuilder(URI.create(url + "/get-artifact?" + query)).build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    client.close();
    http.close();
  }
}

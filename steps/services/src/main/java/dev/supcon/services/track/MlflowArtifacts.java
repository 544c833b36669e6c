package dev.supcon.services.track;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Brings files to where a run keeps its artifacts: straight into S3, or through the server's HTTP
 * endpoint. MLflow's own Java client would start Python for it.
 */
final class MlflowArtifacts {
  private static final String PROXIED = "mlflow-artifacts:";
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private final String server;
  private final Map<String, String> environment;
  private final BiConsumer<String, Path> s3;
  private final Consumer<String> notice;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(
              HttpClient.Version.HTTP_1_1) // the server speaks no other; h2c upgrades confuse it
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  /**
   * @param environment with the credentials that MLflow's clients read
   * @param s3 writes a file to a URI {@code s3://bucket/key}
   */
  MlflowArtifacts(
      String server,
      Map<String, String> environment,
      BiConsumer<String, Path> s3,
      Consumer<String> notice) {
    this.server = server.replaceAll("/+$", "");
    this.environment = environment;
    this.s3 = s3;
    this.notice = notice;
  }

  /** A file that is gone, or a place that cannot be written from here, is said and left. */
  void put(String root, Event.Artifact artifact) throws MlflowServer.Away {
    Path file = Path.of(artifact.file());
    try {
      if (root.startsWith("s3://")) {
        s3.accept(root + "/" + artifact.path(), file);
      } else if (root.startsWith(PROXIED)) {
        upload(root, artifact.path(), file);
      } else {
        notice.accept(
            "Artifacts of this MLflow server lie in %s, which only the server can write; start it with --serve-artifacts."
                .formatted(root));
      }
    } catch (FileNotFoundException e) {
      notice.accept("Artifact %s is gone before MLflow was told of it.".formatted(file));
    } catch (IOException | RuntimeException e) {
      throw new MlflowServer.Away("artifact " + artifact.path() + ": " + e.getMessage());
    }
  }

  private void upload(String root, String path, Path file) throws IOException, MlflowServer.Away {
    String below = URI.create(root).getPath().replaceAll("^/+", "") + "/" + path;
    HttpRequest.Builder request =
        HttpRequest.newBuilder(endpoint(below))
            .timeout(LIMIT)
            .header("Content-Type", "application/octet-stream")
            .PUT(HttpRequest.BodyPublishers.ofFile(file));
    authorization().ifPresent(value -> request.header("Authorization", value));
    HttpResponse<String> answer = send(request.build());
    if (MlflowServer.refused(answer.statusCode())) {
      notice.accept(
          "MLflow at %s refuses artifact %s: HTTP %d".formatted(server, path, answer.statusCode()));
    } else if (answer.statusCode() >= 300) {
      throw new MlflowServer.Away("HTTP " + answer.statusCode() + " for artifact " + path);
    }
  }

  private URI endpoint(String below) {
    String escaped = URI.create(server).getRawPath() + "/api/2.0/mlflow-artifacts/artifacts/";
    try {
      URI base = URI.create(server);
      return new URI(base.getScheme(), base.getAuthority(), escaped + below, null, null);
    } catch (java.net.URISyntaxException e) {
      throw new IllegalArgumentException("not an artifact's path: " + below, e);
    }
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private Optional<String> authorization() {
    String token = environment.getOrDefault("MLFLOW_TRACKING_TOKEN", "");
    if (!token.isEmpty()) {
      return Optional.of("Bearer " + token);
    }
    String user = environment.getOrDefault("MLFLOW_TRACKING_USERNAME", "");
    String pair = user + ":" + environment.getOrDefault("MLFLOW_TRACKING_PASSWORD", "");
    return user.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
  }
}

package dev.supcon.services.track;

import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Brings files to where a run keeps its artifacts: straight into S3, or through the server's HTTP
 * endpoint. MLflow's own Java client would start Python for it.
 */
final class MlflowArtifacts {
  private static final String PROXIED = "mlflow-artifacts:";
  private static final String ENDPOINT = "/api/2.0/mlflow-artifacts/artifacts/";
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private final MlflowServer server;
  private final BiConsumer<String, Path> s3;
  private final Consumer<String> notice;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(
              HttpClient.Version.HTTP_1_1) // the server speaks no other; h2c upgrades confuse it
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  /**
   * @param s3 writes a file to a URI {@code s3://bucket/key}
   */
  MlflowArtifacts(MlflowServer server, BiConsumer<String, Path> s3, Consumer<String> notice) {
    this.server = server;
    this.s3 = s3;
    this.notice = notice;
  }

  /** A file that is gone, or a place that cannot be written from here, is said and left. */
  void put(String root, Event.Artifact artifact) throws MlflowServer.Away {
    Path file = Path.of(artifact.file());
    if (!Files.isRegularFile(file)) {
      notice.accept("Artifact %s is gone before MLflow was told of it.".formatted(file));
    } else if (root.startsWith("s3://")) {
      inTime(artifact, () -> intoS3(root + "/" + artifact.path(), file));
    } else if (root.startsWith(PROXIED)) {
      inTime(artifact, () -> upload(root, artifact.path(), file));
    } else {
      notice.accept(
          "Artifacts of this MLflow server lie in %s, which only the server can write; start it with --serve-artifacts."
              .formatted(root));
    }
  }

  private void inTime(Event.Artifact artifact, Upload upload) throws MlflowServer.Away {
    try {
      server.within(
          LIMIT,
          () -> {
            upload.run();
            return true;
          });
    } catch (MlflowServer.Away e) {
      throw new MlflowServer.Away("artifact " + artifact.path() + ": " + e.getMessage());
    }
  }

  private void intoS3(String uri, Path file) throws MlflowServer.Away {
    try {
      s3.accept(uri, file);
    } catch (StepFailure e) {
      if (e.exitCode() == ExitCode.STORE_UNREACHABLE) {
        throw new MlflowServer.Away(String.valueOf(e.getMessage()));
      }
      notice.accept("Artifact %s is not kept. %s".formatted(uri, e.getMessage()));
    }
  }

  private void upload(String root, String path, Path file)
      throws IOException, InterruptedException, MlflowServer.Away {
    String below = URI.create(root).getPath().replaceAll("^/+", "") + "/" + path;
    HttpRequest.Builder request =
        HttpRequest.newBuilder(endpoint(below))
            .timeout(LIMIT)
            .header("Content-Type", "application/octet-stream")
            .PUT(HttpRequest.BodyPublishers.ofFile(file));
    server.address().authorization().ifPresent(value -> request.header("Authorization", value));
    HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    if (MlflowServer.refused(answer.statusCode(), answer.body())) {
      notice.accept(
          "MLflow at %s refuses artifact %s: HTTP %d"
              .formatted(server.address(), path, answer.statusCode()));
    } else if (answer.statusCode() >= 300) {
      throw new MlflowServer.Away("HTTP " + answer.statusCode());
    }
  }

  private URI endpoint(String below) {
    URI base = URI.create(server.address().url());
    try {
      String path = base.getPath() + ENDPOINT + below;
      URI whole = new URI(base.getScheme(), base.getAuthority(), path, null, null);
      return URI.create(whole.toASCIIString());
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("not an artifact's path: " + below, e);
    }
  }

  private interface Upload {
    void run() throws IOException, InterruptedException, MlflowServer.Away;
  }
}

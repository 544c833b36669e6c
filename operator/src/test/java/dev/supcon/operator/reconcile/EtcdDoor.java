package dev.supcon.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;

/**
 * Stores experiments behind the API server's back, as {@code cluster env} says where. Each by
 * itself: a watch goes on behind a version, and no API server gives one to two objects.
 */
final class EtcdDoor implements AutoCloseable {
  private final HttpClient client = HttpClient.newHttpClient();
  private final URI puts =
      URI.create(
          Objects.requireNonNull(System.getenv("SUPCON_ETCD"), "SUPCON_ETCD: see cluster env")
              + "/v3/kv/put");

  void store(JsonNode experiment) {
    String key =
        "/registry/supcon.dev/supconexperiments/%s/%s"
            .formatted(
                experiment.at("/metadata/namespace").asText(),
                experiment.at("/metadata/name").asText());
    ObjectNode put =
        JsonNodeFactory.instance
            .objectNode()
            .put("key", base64(key))
            .put("value", base64(HostileSpecs.json(experiment)));
    HttpRequest request =
        HttpRequest.newBuilder(puts)
            .POST(HttpRequest.BodyPublishers.ofString(put.toString()))
            .build();
    try {
      HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
      assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    client.close();
  }
}

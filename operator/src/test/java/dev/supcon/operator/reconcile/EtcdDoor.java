package dev.supcon.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
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

/** Stores experiments behind the API server's back, as {@code cluster env} says where. */
final class EtcdDoor implements AutoCloseable {
  private static final int AT_ONCE = 50;
  private static final int BYTES = 700_000;

  private final HttpClient client = HttpClient.newHttpClient();
  private final URI transactions =
      URI.create(
          Objects.requireNonNull(System.getenv("SUPCON_ETCD"), "SUPCON_ETCD: see cluster env")
              + "/v3/kv/txn");
  private ArrayNode puts = JsonNodeFactory.instance.arrayNode();
  private int bytes;

  void store(JsonNode experiment) {
    String key =
        "/registry/supcon.dev/supconexperiments/%s/%s"
            .formatted(
                experiment.at("/metadata/namespace").asText(),
                experiment.at("/metadata/name").asText());
    String value = HostileSpecs.json(experiment);
    puts.addObject().putObject("requestPut").put("key", base64(key)).put("value", base64(value));
    bytes += value.length();
    if (puts.size() == AT_ONCE || bytes > BYTES) {
      send();
    }
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** What was stored last is there now too. */
  void send() {
    ObjectNode transaction = JsonNodeFactory.instance.objectNode();
    transaction.set("success", puts);
    puts = JsonNodeFactory.instance.arrayNode();
    bytes = 0;
    HttpRequest request =
        HttpRequest.newBuilder(transactions)
            .POST(HttpRequest.BodyPublishers.ofString(transaction.toString()))
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

  @Override
  public void close() {
    client.close();
  }
}

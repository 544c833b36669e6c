package dev.supcon.operator.probe;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/**
 * Asks a URL of an operator's health. {@code helm test} runs it in a pod of the operator's image,
 * which holds neither a shell nor any other client.
 */
public final class Probe {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private Probe() {}

  /**
   * @throws IllegalStateException when the answer is not 200; the process then ends with 1
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(args[0])).timeout(PATIENCE).build();
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
      HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IllegalStateException(
            "%s answered %d: %s".formatted(args[0], answer.statusCode(), answer.body()));
      }
    }
  }
}

package dev.supcon.operator.reconcile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.supcon.contract.step.ContractJson;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/**
 * Stands between one life of an operator and the API server, and numbers its writes. At one of them
 * that life ends: before the write arrives, or after it is done and before its answer is heard.
 * Nothing passes any more then.
 */
final class LossyApiServer implements AutoCloseable {
  private static final Set<String> WRITES = Set.of("POST", "PUT", "PATCH", "DELETE");
  private static final Set<String> NOT_PASSED_ON =
      Set.of(
          "host", "connection", "content-length", "upgrade", "transfer-encoding", "http2-settings");

  private final URI server;
  private final HttpClient client;
  private final HttpServer front;
  private final Death death;
  private final List<Write> writes = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Write> died = new CompletableFuture<>();
  private volatile boolean over; // after all have heard of the death

  /**
   * Where a life ends.
   *
   * @param write its number, from 1; 0: nowhere
   * @param done whether that write still happens
   */
  record Death(int write, boolean done) {
    static final Death NEVER = new Death(0, false);

    @Override
    public String toString() {
      return write == 0 ? "undisturbed" : (done ? "after" : "before") + " write " + write;
    }
  }

  /**
   * A write that was asked for.
   *
   * @param code of the answer; 0: it did not arrive
   */
  record Write(String method, String path, String body, int code) {
    boolean creates() {
      return method.equals("POST") && code == 201;
    }

    /** Kind and name of what it is about, where its body says it. */
    String object() {
      JsonNode object = json();
      return object.path("kind").asText() + " " + object.at("/metadata/name").asText();
    }

    JsonNode json() {
      try {
        return ContractJson.MAPPER.readTree(body);
      } catch (JsonProcessingException e) {
        throw new AssertionError(e);
      }
    }

    /** Method and path below the namespace. */
    String target() {
      return method + " " + path.replaceFirst("^/apis/(.*?)/namespaces/[^/]*/", "$1 ");
    }
  }

  LossyApiServer(Config config, Death death) {
    this.server = URI.create(config.getMasterUrl());
    this.death = death;
    try {
      this.client =
          HttpClient.newBuilder()
              .sslContext(SSLUtils.sslContext(config))
              .version(HttpClient.Version.HTTP_1_1)
              .build();
      this.front = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
    front.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    front.createContext("/", this::handle);
    front.start();
  }

  /** Leads a client here; a watch is a long answer then, which breaks when the life ends. */
  Config config() {
    return new ConfigBuilder(Config.empty())
        .withMasterUrl("http://127.0.0.1:" + front.getAddress().getPort())
        .withOnlyHttpWatches(true)
        .withConnectionTimeout(StartedOperator.MINUTE)
        .withRequestTimeout(StartedOperator.MINUTE)
        .build();
  }

  /** Completes when the life ends, with the write at which it did. */
  CompletableFuture<Write> died() {
    return died;
  }

  /** All writes that were asked for, in their order. */
  List<Write> writes() {
    return List.copyOf(writes);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      if (over) {
        return;
      }
      if (counts(exchange)) {
        write(exchange, body);
      } else {
        answer(exchange, forward(exchange, body));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Neither the operator's signs of life nor its words to people. */
  private static boolean counts(HttpExchange exchange) {
    String path = exchange.getRequestURI().getPath();
    return WRITES.contains(exchange.getRequestMethod())
        && !path.contains("/leases")
        && !path.contains("/events");
  }

  /** One at a time, or their number would not say which was done. */
  private synchronized void write(HttpExchange exchange, byte[] body)
      throws IOException, InterruptedException {
    if (over) {
      return;
    }
    boolean last = writes.size() + 1 == death.write();
    if (last && !death.done()) {
      Write lost = seen(exchange, body, 0);
      writes.add(lost);
      die(lost);
      return;
    }
    HttpResponse<InputStream> response = forward(exchange, body);
    Write done = seen(exchange, body, response.statusCode());
    writes.add(done);
    if (last) {
      die(done);
    } else {
      answer(exchange, response);
    }
  }

  private void die(Write last) {
    died.complete(last);
    over = true;
  }

  private static Write seen(HttpExchange exchange, byte[] body, int code) {
    return new Write(
        exchange.getRequestMethod(),
        exchange.getRequestURI().getPath(),
        new String(body, java.nio.charset.StandardCharsets.UTF_8),
        code);
  }

  private HttpResponse<InputStream> forward(HttpExchange exchange, byte[] body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.resolve(exchange.getRequestURI().toString()))
            .method(
                exchange.getRequestMethod(),
                body.length == 0
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(body));
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              if (!NOT_PASSED_ON.contains(name.toLowerCase(java.util.Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
              }
            });
    return client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
  }

  private void answer(HttpExchange exchange, HttpResponse<InputStream> response)
      throws IOException {
    response
        .headers()
        .firstValue("content-type")
        .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
    try (InputStream in = response.body()) {
      exchange.sendResponseHeaders(response.statusCode(), 0);
      OutputStream out = exchange.getResponseBody();
      byte[] buffer = new byte[1 << 16];
      for (int n = in.read(buffer); n >= 0 && !over; n = in.read(buffer)) {
        out.write(buffer, 0, n);
        out.flush();
      }
    }
  }

  @Override
  public void close() {
    front.stop(0);
    client.shutdownNow();
  }
}

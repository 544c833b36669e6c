package dev.supcon.loopback;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The part of S3 that the store uses, inside this JVM, with atomic conditional writes. The ready
 * ones check conditions and write in two steps (s3proxy) or bring a hundred jars; real MinIO is
 * asked by the IT.
 */
public final class LoopbackS3 implements AutoCloseable {
  /** The one bucket that does not exist; every other one does. */
  public static final String NO_BUCKET = "no-such-bucket";

  private static final int PAGE = 3; // so that listing has to go on

  private final Map<String, byte[]> objects = new TreeMap<>();
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private volatile Fault fault = Fault.NONE;

  /** What the next answers look like. */
  public enum Fault {
    NONE,
    /** The write is done and the connection breaks before the answer. */
    ANSWER_LOST,
    /** 503 SlowDown, to one request. */
    BUSY_ONCE,
    /** The disk of the server is full. */
    FULL,
    /** Half of an object's bytes, then the connection ends. */
    CUT
  }

  /** Listens on a free port of 127.0.0.1. */
  public LoopbackS3() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /** The variables that lead a client here. */
  public Map<String, String> environment() {
    return Map.of(
        "SUPCON_S3_ENDPOINT", "http://127.0.0.1:" + server.getAddress().getPort(),
        "SUPCON_S3_ACCESS_KEY", "supcon",
        "SUPCON_S3_SECRET_KEY", "supcon-secret");
  }

  /** From now on, or once, as the fault says. */
  public void fault(Fault next) {
    fault = next;
  }

  /** Writes behind the clients' backs. */
  public synchronized void overwrite(String name, byte[] bytes) {
    objects.put(name, bytes);
  }

  /** Copies all objects whose names begin so to names that begin otherwise. */
  public synchronized void copy(String prefix, String other) {
    names(prefix)
        .forEach(
            name -> overwrite(other + name.substring(prefix.length()), find(name).orElseThrow()));
  }

  /** Names of all objects that begin so, as bucket and key. */
  public synchronized List<String> names(String prefix) {
    return objects.keySet().stream().filter(name -> name.startsWith(prefix)).toList();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      if (fault == Fault.BUSY_ONCE) {
        fault = Fault.NONE;
        error(exchange, 503, "SlowDown");
        return;
      }
      if (fault == Fault.FULL && exchange.getRequestMethod().equals("PUT")) {
        error(exchange, 507, "XMinioStorageFull");
        return;
      }
      String[] path = exchange.getRequestURI().getPath().substring(1).split("/", 2);
      if (path[0].equals(NO_BUCKET)) {
        error(exchange, 404, "NoSuchBucket");
        return;
      }
      if (path.length < 2 || path[1].isEmpty()) {
        list(exchange, path[0]);
        return;
      }
      switch (exchange.getRequestMethod()) {
        case "PUT" -> put(exchange, path[0] + "/" + path[1], body);
        case "GET", "HEAD" -> get(exchange, path[0] + "/" + path[1]);
        case "DELETE" -> {
          synchronized (this) {
            objects.remove(path[0] + "/" + path[1]);
          }
          exchange.sendResponseHeaders(204, -1);
        }
        default -> error(exchange, 501, "NotImplemented");
      }
    }
  }

  private void put(HttpExchange exchange, String name, byte[] body) throws IOException {
    String none = exchange.getRequestHeaders().getFirst("If-None-Match");
    String match = exchange.getRequestHeaders().getFirst("If-Match");
    synchronized (this) {
      byte[] there = objects.get(name);
      if (there == null && match != null) {
        error(exchange, 404, "NoSuchKey");
        return;
      }
      if (there != null && (none != null || (match != null && !match.equals(etag(there))))) {
        error(exchange, 412, "PreconditionFailed");
        return;
      }
      objects.put(name, body);
    }
    if (fault == Fault.ANSWER_LOST) {
      fault = Fault.NONE;
      return; // closes without an answer
    }
    exchange.getResponseHeaders().set("ETag", etag(body));
    exchange.sendResponseHeaders(200, -1);
  }

  private void get(HttpExchange exchange, String name) throws IOException {
    Optional<byte[]> found = find(name);
    if (found.isEmpty()) {
      error(exchange, 404, "NoSuchKey");
      return;
    }
    byte[] bytes = found.get();
    exchange.getResponseHeaders().set("ETag", etag(bytes));
    exchange.getResponseHeaders().set("Last-Modified", "Wed, 21 Oct 2026 07:28:00 GMT");
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", Integer.toString(bytes.length));
      exchange.sendResponseHeaders(200, -1);
      return;
    }
    exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
    int sent = fault == Fault.CUT ? bytes.length / 2 : bytes.length;
    exchange.getResponseBody().write(bytes, 0, sent);
  }

  private synchronized Optional<byte[]> find(String name) {
    return Optional.ofNullable(objects.get(name));
  }

  private void list(HttpExchange exchange, String bucket) throws IOException {
    Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
    String prefix = query.getOrDefault("prefix", "");
    String after = query.getOrDefault("continuation-token", "");
    List<String> names;
    synchronized (this) {
      names =
          objects.keySet().stream()
              .filter(name -> name.startsWith(bucket + "/" + prefix))
              .map(name -> name.substring(bucket.length() + 1))
              .filter(name -> name.compareTo(after) > 0)
              .limit(PAGE + 1)
              .toList();
    }
    boolean more = names.size() > PAGE;
    List<String> page = names.subList(0, Math.min(PAGE, names.size()));
    String entries = page.stream().map(name -> entry(bucket, name)).collect(Collectors.joining());
    String token =
        more
            ? "<NextContinuationToken>" + escaped(page.getLast()) + "</NextContinuationToken>"
            : "";
    xml(
        exchange,
        200,
        "<ListBucketResult><Name>%s</Name><IsTruncated>%s</IsTruncated>%s%s</ListBucketResult>"
            .formatted(bucket, more, token, entries));
  }

  private String entry(String bucket, String name) {
    byte[] bytes = find(bucket + "/" + name).orElse(new byte[0]);
    return ("<Contents><Key>%s</Key><LastModified>2026-10-21T07:28:00.000Z</LastModified>"
            + "<ETag>%s</ETag><Size>%d</Size></Contents>")
        .formatted(escaped(name), escaped(etag(bytes)), bytes.length);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }

  private static Map<String, String> query(@Nullable String raw) {
    return Stream.of(raw == null ? new String[0] : raw.split("&"))
        .map(pair -> Arrays.copyOf(pair.split("=", 2), 2))
        .collect(
            Collectors.toMap(
                pair -> pair[0],
                pair ->
                    pair[1] == null
                        ? ""
                        : java.net.URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
  }

  private static void error(HttpExchange exchange, int status, String code) throws IOException {
    xml(
        exchange,
        status,
        "<Error><Code>" + code + "</Code><Message>" + code + "</Message></Error>");
  }

  private static void xml(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/xml");
    boolean head = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, head ? -1 : bytes.length);
    if (!head) {
      exchange.getResponseBody().write(bytes);
    }
  }

  private static String etag(byte[] bytes) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      return "\"" + HexFormat.of().formatHex(hash, 0, 16) + "\"";
    } catch (NoSuchAlgorithmException e) {
      throw new LinkageError("every Java platform has SHA-256", e);
    }
  }
}

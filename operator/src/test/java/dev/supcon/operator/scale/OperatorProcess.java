package dev.supcon.operator.scale;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The packaged application as a process of its own, with the rights of its service account. */
final class OperatorProcess implements AutoCloseable {
  static final int HEAP_MIB = 512;
  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin");
  private static final Pattern USED =
      Pattern.compile("(\\d+)M->(\\d+)M\\(\\d+M\\)"); // [gc] ... 250M->34M(300M) 5.1ms
  private static final int READY_SECONDS = 120;
  private static final int GRACE_SECONDS = 30;

  private final Path folder;
  private final int port;
  private final Process process;

  /**
   * @param folder with {@code kubeconfig}, {@code config.yaml} and {@code credentials}; takes logs
   */
  OperatorProcess(Path jar, Path folder) {
    this.folder = folder;
    try {
      this.port = freePort();
      ProcessBuilder builder =
          new ProcessBuilder(
              JAVA.resolve("java").toString(),
              "-Xmx" + HEAP_MIB + "m",
              "-XX:+UseSerialGC", // as Java chooses in a container of less than 1792 MB
              "-Xlog:gc:file=" + folder.resolve("gc.log"),
              "-jar",
              jar.toString());
      builder
          .environment()
          .putAll(
              Map.of(
                  "KUBECONFIG", folder.resolve("kubeconfig").toString(),
                  "SUPCON_CONFIG", folder.resolve("config.yaml").toString(),
                  "SUPCON_CREDENTIALS", folder.resolve("credentials").toString(),
                  "POD_NAME", "supcon-operator-scale",
                  "POD_NAMESPACE", "supcon-system",
                  "QUARKUS_HTTP_PORT", Integer.toString(port),
                  "QUARKUS_OPERATOR_SDK_NAMESPACES", "JOSDK_ALL_NAMESPACES"));
      this.process =
          builder
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("operator.log").toFile())
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  void awaitReady() throws InterruptedException {
    for (int i = 0; i < READY_SECONDS * 4; i++) {
      if (!process.isAlive()) {
        break;
      }
      if (ready()) {
        return;
      }
      TimeUnit.MILLISECONDS.sleep(250);
    }
    throw new IllegalStateException(
        "the operator does not get ready: " + folder.resolve("operator.log"));
  }

  private boolean ready() throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/q/health/ready")).build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) { // it does not listen yet
      return false;
    }
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  /** Highest use of the heap before a collection, in MiB. */
  int peakHeap() {
    return collections(1).max().orElse(0);
  }

  /** What a full collection leaves, in MiB. */
  int liveHeap() throws IOException, InterruptedException {
    new ProcessBuilder(
            List.of(JAVA.resolve("jcmd").toString(), Long.toString(process.pid()), "GC.run"))
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
    TimeUnit.SECONDS.sleep(1);
    return collections(2).reduce((earlier, last) -> last).orElse(0);
  }

  private java.util.stream.IntStream collections(int group) {
    try (Stream<String> lines = Files.lines(folder.resolve("gc.log"))) {
      return lines
          .map(USED::matcher)
          .filter(Matcher::find)
          .mapToInt(found -> Integer.parseInt(found.group(group)))
          .boxed()
          .toList()
          .stream()
          .mapToInt(Integer::intValue);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As Kubernetes ends it. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException("the operator did not end in its grace period");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

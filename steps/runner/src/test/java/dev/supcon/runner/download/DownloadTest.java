package dev.supcon.runner.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.Sha256;
import dev.supcon.contract.step.StepFailure;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DownloadTest {
  private static final byte[] FILE = new byte[1_000_003];

  static {
    new Random(7).nextBytes(FILE);
  }

  @TempDir private Path folder;

  private final List<String> ranges = Collections.synchronizedList(new ArrayList<>());
  private HttpServer server;

  /** How the server answers. */
  private interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void theFileIsThereWholeAndNothingIsLeftBesideIt() throws IOException {
    serve(exchange -> ranged(exchange, FILE.length));
    List<Long> heard = new ArrayList<>();
    download().run((bytes, total) -> heard.add(total - bytes));

    assertThat(target()).hasBinaryContent(FILE);
    assertThat(heard).last().isEqualTo(0L);
    assertThat(folder).isDirectoryNotContaining(file -> file.toString().endsWith(".part"));
  }

  @Test
  void aConnectionThatIsLostAgainAndAgainGoesOnWhereItEnded() {
    serve(exchange -> ranged(exchange, 150_000));
    run();

    assertThat(target()).hasBinaryContent(FILE);
    assertThat(ranges).hasSize(7).startsWith("null").doesNotHaveDuplicates();
  }

  @Test
  void whatCameYesterdayIsNotFetchedAgain() throws IOException {
    Files.write(part(), Arrays.copyOf(FILE, 400_000));
    serve(exchange -> ranged(exchange, FILE.length));
    run();

    assertThat(target()).hasBinaryContent(FILE);
    assertThat(ranges).containsExactly("bytes=400000-");
  }

  @Test
  void allThatCameYesterdayIsEnough() throws IOException {
    Files.write(part(), FILE);
    serve(exchange -> ranged(exchange, FILE.length));
    run();

    assertThat(target()).hasBinaryContent(FILE);
  }

  @Test
  void moreThanTheFileHasIsThrownAway() throws IOException {
    Files.write(part(), Arrays.copyOf(FILE, FILE.length + 9));
    serve(exchange -> ranged(exchange, FILE.length));
    run();

    assertThat(target()).hasBinaryContent(FILE);
  }

  @Test
  void aServerWithoutRangesSendsItAnew() throws IOException {
    Files.write(part(), Arrays.copyOf(FILE, 400_000));
    serve(exchange -> send(exchange, 200, FILE, FILE.length));
    run();

    assertThat(target()).hasBinaryContent(FILE);
  }

  @Test
  void aServerThatGoesOnElsewhereIsAskedFromTheStart() throws IOException {
    Files.write(part(), Arrays.copyOf(FILE, 400_000));
    serve(
        exchange -> {
          if (exchange.getRequestHeaders().containsKey("Range")) {
            exchange.getResponseHeaders().set("Content-Range", "bytes 0-9/1000003");
            send(exchange, 206, Arrays.copyOf(FILE, 10), 10);
          } else {
            send(exchange, 200, FILE, FILE.length);
          }
        });
    run();

    assertThat(target()).hasBinaryContent(FILE);
  }

  @Test
  void aBusyServerIsAskedAgain() {
    serve(
        exchange -> {
          if (ranges.size() < 3) {
            send(exchange, 503, new byte[0], 0);
          } else {
            ranged(exchange, FILE.length);
          }
        });
    run();

    assertThat(target()).hasBinaryContent(FILE);
  }

  @Test
  void anotherFileIsRefusedAndRemoved() {
    serve(exchange -> send(exchange, 200, new byte[10], 10));

    refused(ExitCode.DATA, "SHA-256 01d448af", "instead of " + Sha256.of(FILE), "was removed");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aServerThatIsGoneKeepsWhatHasCome() throws IOException {
    Files.write(part(), Arrays.copyOf(FILE, 400_000));
    serve(exchange -> send(exchange, 500, new byte[0], 0));

    refused(ExitCode.STORE_UNREACHABLE, "HTTP 500", "start again", "400,000 bytes");
    assertThat(part()).hasBinaryContent(Arrays.copyOf(FILE, 400_000));
    assertThat(ranges).hasSize(5);
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 404, 410})
  void whatIsNotToBeHadIsNotAskedForAgain(int status) {
    serve(exchange -> send(exchange, status, new byte[0], 0));

    refused(ExitCode.NO_INPUT, "HTTP " + status, "check the address");
    assertThat(ranges).hasSize(1);
  }

  @Test
  void aRedirectIsFollowedAndACircleIsNot() {
    server.createContext(
        "/moved",
        exchange -> {
          exchange.getResponseHeaders().set("Location", "/file");
          send(exchange, 302, new byte[0], 0);
        });
    server.createContext(
        "/circle",
        exchange -> {
          exchange.getResponseHeaders().set("Location", "/circle");
          send(exchange, 302, new byte[0], 0);
        });
    serve(exchange -> ranged(exchange, FILE.length));

    from("moved").run((bytes, total) -> {});
    assertThat(target()).hasBinaryContent(FILE);
    Path other = folder.resolve("other");
    Download circle = new Download(address("circle"), Sha256.of(FILE), other, Duration.ofMillis(1));
    refused(circle, ExitCode.NO_INPUT, "from address to address");
  }

  @Test
  void aRedirectThatLeavesTheWebIsRefused() {
    server.createContext(
        "/local",
        exchange -> {
          exchange.getResponseHeaders().set("Location", "file:///etc/passwd");
          send(exchange, 302, new byte[0], 0);
        });
    refused(from("local"), ExitCode.USAGE, "file:///etc/passwd is no web address");
  }

  @Test
  void aFileThatIsThereIsComparedAndLeftAlone() throws IOException {
    Files.write(target(), FILE);
    run();
    assertThat(ranges).isEmpty();

    Files.write(target(), new byte[3]);
    refused(ExitCode.DATA, target().toString(), "remove it, or write another --out");
    assertThat(target()).hasBinaryContent(new byte[3]);
  }

  @Test
  void aServerThatIsNotThereIsOneSentence() {
    server.stop(0);
    refused(ExitCode.STORE_UNREACHABLE, "does not answer", "check address and network");
  }

  @Test
  void whoeverWatchesMayEndItAndWhatHasComeStays() throws IOException {
    serve(exchange -> ranged(exchange, FILE.length));
    assertThatThrownBy(
            () ->
                download()
                    .run(
                        (bytes, total) -> {
                          throw new IllegalStateException("enough");
                        }))
        .hasMessage("enough");
    assertThat(Files.size(part())).isPositive();
    run();
    assertThat(target()).hasBinaryContent(FILE);
  }

  private void serve(Answer answer) {
    server.createContext(
        "/file",
        exchange -> {
          ranges.add(String.valueOf(exchange.getRequestHeaders().getFirst("Range")));
          answer.to(exchange);
        });
  }

  /** What was asked for, but at most so many bytes before the connection ends. */
  private static void ranged(HttpExchange exchange, int most) throws IOException {
    String range = exchange.getRequestHeaders().getFirst("Range");
    int from = range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
    if (from >= FILE.length) {
      exchange.getResponseHeaders().set("Content-Range", "bytes */" + FILE.length);
      send(exchange, 416, new byte[0], 0);
      return;
    }
    String answer = "bytes %d-%d/%d".formatted(from, FILE.length - 1, FILE.length);
    exchange.getResponseHeaders().set("Content-Range", answer);
    send(exchange, range == null ? 200 : 206, Arrays.copyOfRange(FILE, from, FILE.length), most);
  }

  private static void send(HttpExchange exchange, int status, byte[] body, int most)
      throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    if (most < body.length) {
      exchange.getResponseBody().write(body, 0, most);
      exchange.getResponseBody().flush();
      exchange.close(); // of which fewer bytes than it said were sent: the connection ends
      return;
    }
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  private Path target() {
    return folder.resolve("images.tar");
  }

  private Path part() {
    return folder.resolve("images.tar.part");
  }

  private URI address(String name) {
    return URI.create("http://localhost:" + server.getAddress().getPort() + "/" + name);
  }

  private Download from(String name) {
    return new Download(address(name), Sha256.of(FILE), target(), Duration.ofMillis(1));
  }

  private Download download() {
    return from("file");
  }

  private void run() {
    download().run((bytes, total) -> {});
  }

  private void refused(ExitCode code, String... words) {
    refused(download(), code, words);
  }

  private static void refused(Download download, ExitCode code, String... words) {
    assertThatThrownBy(() -> download.run((bytes, total) -> {}))
        .hasMessageContainingAll(words)
        .isInstanceOfSatisfying(StepFailure.class, e -> assertThat(e.exitCode()).isEqualTo(code));
  }
}

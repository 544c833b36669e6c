package dev.supcon.operator.probe;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ProbeTest {
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    answers("/well", 200);
    answers("/ill", 503);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void anAnswerOf200IsWell() {
    assertThatCode(() -> Probe.main(new String[] {url("/well")})).doesNotThrowAnyException();
  }

  @Test
  void anyOtherAnswerFailsAndIsSaid() {
    assertThatThrownBy(() -> Probe.main(new String[] {url("/ill")}))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("503");
  }

  @Test
  void noAnswerFails() {
    server.stop(0);

    assertThatThrownBy(() -> Probe.main(new String[] {url("/well")}))
        .isInstanceOf(IOException.class);
  }

  private String url(String path) {
    return "http://localhost:" + server.getAddress().getPort() + path;
  }

  private void answers(String path, int status) {
    server.createContext(
        path,
        exchange -> {
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
  }
}

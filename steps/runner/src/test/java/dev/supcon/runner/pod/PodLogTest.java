package dev.supcon.runner.pod;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class PodLogTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private long now = 1_000_000;
  private final PodLog log =
      new PodLog(
          new PrintStream(out, true, StandardCharsets.UTF_8),
          () -> Instant.ofEpochMilli(now),
          "pretrain",
          "uid-1");

  @Test
  void aLineIsAnObject() {
    log.info("say \"hello\"\nagain");

    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"time\":\"1970-01-01T00:16:40Z\",\"level\":\"INFO\","
                + "\"message\":\"say \\\"hello\\\"\\nagain\",\"step\":\"pretrain\","
                + "\"attempt\":\"uid-1\"}"
                + System.lineSeparator());
  }

  @Test
  void progressIsSaidEveryTenSecondsAtMost() {
    log.progress("epoch 1", 0.12345);
    now += 9_999;
    log.progress("epoch 2", 0.2);
    now += 1;
    log.progress("epoch 3", 0.3);

    assertThat(out.toString(StandardCharsets.UTF_8).lines())
        .hasSize(2)
        .anySatisfy(line -> assertThat(line).contains("\"progress\":0.123"))
        .anySatisfy(line -> assertThat(line).contains("epoch 3"));
  }
}

package dev.supcon.runner.pod;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.supcon.contract.step.ContractJson;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TerminationMessageTest {

  @Test
  void itIsJsonOfCodeMessageAndMetrics() {
    assertThat(new TerminationMessage(0, "done", Map.of("knn.test.top1", 0.5)).json())
        .isEqualTo("{\"exitCode\":0,\"message\":\"done\",\"metrics\":{\"knn.test.top1\":0.5}}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "ä", "\n", "€"})
  void itFitsAndStaysJsonHoweverMuchThereIsToSay(String sign) throws JsonProcessingException {
    Map<String, Double> metrics = new HashMap<>();
    for (int i = 0; i < 500; i++) {
      metrics.put("corruption.error." + i, 1.0 / (i + 3));
    }

    String json = new TerminationMessage(65, sign.repeat(9_000), metrics).json();

    assertThat(json.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(4096);
    assertThat(ContractJson.read(json, TerminationMessage.class).exitCode()).isEqualTo(65);
  }

  @Test
  void metricsGoBeforeWords() {
    Map<String, Double> metrics = new HashMap<>();
    for (int i = 0; i < 500; i++) {
      metrics.put("corruption.error." + i, 0.25);
    }

    assertThat(new TerminationMessage(0, "The result is there.", metrics).json())
        .contains("The result is there.")
        .contains("corruption.error.0")
        .doesNotContain("corruption.error.99");
  }
}

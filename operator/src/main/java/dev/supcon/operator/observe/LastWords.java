package dev.supcon.operator.observe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.supcon.contract.step.ContractJson;
import java.util.Optional;

/** What a container left in its termination message: a step's JSON, or the end of its log. */
final class LastWords {
  private static final int MAX = 400;

  private LastWords() {}

  static Optional<String> of(PodView pod) {
    return pod.terminated()
        .map(terminated -> terminated.getMessage())
        .filter(message -> !message.isBlank())
        .map(LastWords::words);
  }

  private static String words(String message) {
    String text = sentence(message).orElse(message).strip();
    return text.length() <= MAX ? text : text.substring(text.length() - MAX);
  }

  private static Optional<String> sentence(String message) {
    try {
      JsonNode said = ContractJson.MAPPER.readTree(message).path("message");
      return said.isTextual() ? Optional.of(said.asText()) : Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }
}

package dev.supcon.runner.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.supcon.contract.step.ContractJson;
import java.io.UncheckedIOException;

/** Specs as short texts. */
final class SpecText {
  private SpecText() {}

  /**
   * Reads one.
   *
   * @param text JSON with single quotes
   */
  static <T> T read(String text, Class<T> type) {
    try {
      return ContractJson.MAPPER.readValue(text.replace('\'', '"'), type);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}

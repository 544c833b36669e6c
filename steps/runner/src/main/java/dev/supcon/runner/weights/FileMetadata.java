package dev.supcon.runner.weights;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.supcon.contract.spec.EncoderSpec;
import dev.supcon.contract.step.ContractJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What an encoder that this program trained says of itself; other programs' files say nothing. */
final class FileMetadata {
  private static final List<String> WORDS = List.of("architecture", "stem", "width", "variant");
  private static final int CHANNELS = 3;

  private FileMetadata() {}

  /** Two variants have tensors of one size, and other features. */
  static void requireSame(Map<String, String> metadata, EncoderSpec encoder) throws IOException {
    JsonNode asked = ContractJson.MAPPER.valueToTree(encoder);
    for (String word : WORDS) {
      String wanted = asked.path(word).asText();
      String found = metadata.getOrDefault(word, wanted);
      if (!found.equals(wanted)) {
        throw new IOException(
            "it was made with %s %s, encoder.%s is %s".formatted(word, found, word, wanted));
      }
    }
  }

  static Optional<PixelMoments> pixels(Map<String, String> metadata) throws IOException {
    if (!metadata.containsKey("mean") && !metadata.containsKey("std")) {
      return Optional.empty();
    }
    PixelMoments pixels =
        new PixelMoments(numbers(metadata, "mean", -1), numbers(metadata, "std", 0));
    return Optional.of(pixels);
  }

  private static List<Double> numbers(Map<String, String> metadata, String word, double above)
      throws IOException {
    List<Double> numbers = new ArrayList<>();
    for (JsonNode number : json(metadata.getOrDefault(word, ""))) {
      if (number.isNumber() && number.doubleValue() > above && number.doubleValue() <= 1) {
        numbers.add(number.doubleValue());
      }
    }
    if (numbers.size() != CHANNELS) {
      throw new IOException("its metadata has no %s of three channels".formatted(word));
    }
    return numbers;
  }

  private static JsonNode json(String text) {
    try {
      return ContractJson.MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }
}

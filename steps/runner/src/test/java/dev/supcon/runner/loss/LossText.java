package dev.supcon.runner.loss;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.supcon.contract.spec.LossSpec;
import dev.supcon.contract.step.ContractJson;
import java.io.UncheckedIOException;

/** Losses out of their JSON, without a scale where none is written. */
final class LossText {
  private LossText() {}

  /**
   * @param text JSON, or words without quotes: {@code {anchors: one}}
   */
  static LossSpec spec(String text) {
    String json = text.contains("\"") ? text : text.replaceAll("([A-Za-z]\\w*)", "\"$1\"");
    try {
      ObjectNode tree = (ObjectNode) ContractJson.MAPPER.readTree(json);
      if (!tree.has("scale")) {
        tree.put("scale", "none");
      }
      return ContractJson.MAPPER.treeToValue(tree, LossSpec.class);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}

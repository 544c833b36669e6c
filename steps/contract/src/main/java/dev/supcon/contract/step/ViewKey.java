package dev.supcon.contract.step;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.supcon.contract.spec.ViewSpec;
import java.util.List;

/** What of the views stands in a key. */
public final class ViewKey {
  /** They came later: at their defaults the keys of before stay valid. */
  private static final List<String> LATER =
      List.of("policy", "operations", "magnitudeStd", "warpProbability");

  private static final ObjectNode DEFAULTS = defaults();

  private ViewKey() {}

  /** The views as JSON, without later fields that say what was so before them. */
  public static ObjectNode of(ViewSpec views) {
    ObjectNode tree = ContractJson.MAPPER.valueToTree(views);
    for (String field : LATER) {
      if (tree.path(field).equals(DEFAULTS.path(field))) {
        tree.remove(field);
      }
    }
    return tree;
  }

  private static ObjectNode defaults() {
    return ContractJson.MAPPER.valueToTree(
        ContractJson.MAPPER.convertValue(ContractJson.MAPPER.createObjectNode(), ViewSpec.class));
  }
}

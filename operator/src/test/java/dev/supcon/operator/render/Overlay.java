package dev.supcon.operator.render;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A tree with another one laid over it: objects field by field, lists entry by entry. */
final class Overlay {
  private Overlay() {}

  static JsonNode on(JsonNode below, JsonNode above) {
    if (below instanceof ObjectNode object && above.isObject()) {
      ObjectNode merged = object.deepCopy();
      above
          .properties()
          .forEach(
              field ->
                  merged.set(field.getKey(), on(object.path(field.getKey()), field.getValue())));
      return merged;
    }
    if (below instanceof ArrayNode list && above.isArray() && !above.isEmpty()) {
      ArrayNode merged = list.deepCopy();
      merged.set(0, on(list.path(0), above.get(0)));
      return merged;
    }
    return above;
  }
}

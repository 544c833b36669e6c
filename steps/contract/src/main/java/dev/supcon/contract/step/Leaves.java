package dev.supcon.contract.step;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A record as its leaves by dotted path, as trackers and pages show parameters. */
public final class Leaves {
  private Leaves() {}

  /** Of any record of ours; absent values have no leaf. */
  public static SortedMap<String, String> of(Object value) {
    SortedMap<String, String> leaves = new TreeMap<>();
    add("", ContractJson.MAPPER.valueToTree(value), leaves);
    return leaves;
  }

  /** Adds the leaves below a node under their paths; a list of values is a leaf. */
  public static void add(String path, JsonNode node, Map<String, String> into) {
    if (node.isObject()) {
      node.properties()
          .forEach(
              field ->
                  add(
                      path.isEmpty() ? field.getKey() : path + "." + field.getKey(),
                      field.getValue(),
                      into));
    } else if (node.path(0).isObject()) { // a list of what has data is told by the data's name
      node.forEach(one -> add(path + "." + one.at("/data/name").asText(), one, into));
    } else {
      into.put(path, node.isValueNode() ? node.asText() : node.toString());
    }
  }
}

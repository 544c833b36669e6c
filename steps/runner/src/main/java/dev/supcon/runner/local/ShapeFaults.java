package dev.supcon.runner.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.supcon.contract.spec.FieldShape;
import dev.supcon.contract.spec.SpecField;
import dev.supcon.contract.spec.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a tree has that its records cannot hold: unknown fields, wrong types, unknown words, missing
 * fields. Each is taken out of the tree, so that the rules can look at the rest.
 */
final class ShapeFaults {
  private final List<Violation> faults = new ArrayList<>();

  List<Violation> faults() {
    return faults;
  }

  /**
   * Looks at a mapping and takes out what is wrong in it.
   *
   * @param prefix of its fields' paths: {@code spec.data.}, or nothing for the document
   */
  void group(String prefix, ObjectNode owner, List<SpecField> fields) {
    List<String> names = fields.stream().map(SpecField::name).toList();
    for (String written : names(owner)) {
      if (!names.contains(written)) {
        faults.add(unknown(prefix + written, written, names));
        owner.remove(written);
      }
    }
    for (SpecField field : fields) {
      String place = prefix + field.name();
      if (!owner.has(field.name())) {
        if (field.required()) {
          refuse(place, "is missing", field.shape());
        }
      } else if (!holds(place, owner.get(field.name()), field.shape())) {
        owner.remove(field.name());
      }
    }
  }

  private static List<String> names(ObjectNode owner) {
    return owner.properties().stream().map(Map.Entry::getKey).toList();
  }

  private static Violation unknown(String path, String written, List<String> names) {
    return new Violation(
        path,
        "is not a field",
        NearestName.to(written, names)
                .map(near -> "did you mean " + near + "? Fields here: ")
                .orElse(names.size() == 1 ? "write " : "write one of ")
            + String.join(", ", names));
  }

  private boolean holds(String path, JsonNode node, FieldShape shape) {
    if (node.isNull()) {
      String choice = shape instanceof FieldShape.Mapping ? "{} for its defaults, or " : "";
      faults.add(new Violation(path, "is empty", "write " + choice + shape.expected()));
      return false;
    }
    return switch (shape) {
      case FieldShape.Mapping mapping when node instanceof ObjectNode object -> {
        group(path + ".", object, mapping.fields());
        yield true;
      }
      case FieldShape.Items items when node instanceof ArrayNode list -> {
        elements(path, list, items);
        yield true;
      }
      case FieldShape.Mapping ignored -> mistaken(path, node, "a mapping", shape);
      case FieldShape.Items ignored -> mistaken(path, node, "a list", shape);
      case FieldShape.Whole ignored -> whole(path, node, shape);
      case FieldShape.Real ignored -> node.isNumber() || mistaken(path, node, "a number", shape);
      case FieldShape.Text ignored -> node.isTextual() || mistaken(path, node, "text", shape);
      case FieldShape.Flag ignored ->
          node.isBoolean() || mistaken(path, node, "true or false", shape);
      case FieldShape.Form form ->
          (node.isTextual() && form.holds(node.asText()))
              || mistaken(path, node, form.noun(), shape);
      case FieldShape.Word word ->
          word.words().contains(node.asText()) || mistaken(path, node, "a known word", shape);
    };
  }

  /** A faulty element becomes null, so that the others keep their places. */
  private void elements(String path, ArrayNode list, FieldShape.Items shape) {
    for (int i = 0; i < list.size(); i++) {
      if (!holds(path + "[" + i + "]", list.get(i), shape.element())) {
        list.setNull(i);
      }
    }
  }

  private boolean whole(String path, JsonNode node, FieldShape shape) {
    if (!node.isIntegralNumber()) {
      return mistaken(path, node, "a whole number", shape);
    }
    if (!node.canConvertToInt()) { // no whole number of a spec may be larger
      refuse(path, "is " + node.asText() + ", out of range", shape);
    }
    return node.canConvertToInt();
  }

  private boolean mistaken(String path, JsonNode node, String wanted, FieldShape shape) {
    refuse(path, "is " + described(node) + ", not " + wanted, shape);
    return false;
  }

  private static String described(JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT -> "a mapping";
      case ARRAY -> "a list";
      case STRING -> "\"" + node.asText() + "\"";
      case NUMBER, BOOLEAN, NULL, MISSING, BINARY, POJO -> node.asText();
    };
  }

  private void refuse(String path, String wrong, FieldShape shape) {
    faults.add(new Violation(path, wrong, "write " + shape.expected()));
  }
}

package dev.supcon.operator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** For every rule of a schema about one field, a spec that breaks it and nothing else. */
final class SchemaBreaks {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final List<Break> found = new ArrayList<>();

  private SchemaBreaks() {}

  /**
   * A spec that breaks a rule.
   *
   * @param path of the field that is at fault
   * @param rule such as {@code maximum}
   */
  record Break(String path, String rule, JsonNode spec) {
    @Override
    public String toString() {
      return path + " " + rule;
    }
  }

  static List<Break> of(JsonNode schema) {
    SchemaBreaks breaks = new SchemaBreaks();
    breaks.mapping("spec", schema, whole -> whole);
    return List.copyOf(breaks.found);
  }

  /**
   * @param whole makes a spec of a value of this field
   */
  private void field(String path, JsonNode schema, UnaryOperator<JsonNode> whole) {
    String type = schema.path("type").asText();
    JsonNode odd = type.equals("object") ? JSON.textNode("odd") : JSON.objectNode().put("odd", 1);
    found.add(new Break(path, "type", whole.apply(odd)));
    switch (type) {
      case "object" -> mapping(path, schema, whole);
      case "array" -> list(path, schema, whole);
      case "integer", "number" -> number(path, schema, whole);
      case "string" -> text(path, schema, whole);
      default -> {}
    }
  }

  private void mapping(String path, JsonNode schema, UnaryOperator<JsonNode> whole) {
    for (JsonNode name : schema.path("required")) {
      ObjectNode lacking = least(schema);
      lacking.remove(name.asText());
      found.add(new Break(path + "." + name.asText(), "required", whole.apply(lacking)));
    }
    schema
        .path("properties")
        .properties()
        .forEach(
            property ->
                field(
                    path + "." + property.getKey(),
                    property.getValue(),
                    value -> whole.apply(least(schema).set(property.getKey(), value))));
  }

  private void list(String path, JsonNode schema, UnaryOperator<JsonNode> whole) {
    JsonNode entry = valid(schema.path("items"));
    if (schema.path("minItems").asInt() > 0) {
      found.add(new Break(path, "minItems", whole.apply(JSON.arrayNode())));
    }
    found.add(
        new Break(
            path, "maxItems", whole.apply(copies(entry, schema.path("maxItems").asInt() + 1))));
    if (schema.has("x-kubernetes-list-type")) {
      found.add(new Break(path + "[1]", "unique", whole.apply(copies(entry, 2))));
    }
    field(path + "[0]", schema.path("items"), value -> whole.apply(JSON.arrayNode().add(value)));
  }

  private static ArrayNode copies(JsonNode entry, int number) {
    ArrayNode list = JSON.arrayNode();
    IntStream.range(0, number).forEach(i -> list.add(entry));
    return list;
  }

  private void number(String path, JsonNode schema, UnaryOperator<JsonNode> whole) {
    BigDecimal step =
        schema.path("type").asText().equals("integer") ? BigDecimal.ONE : half(schema);
    BigDecimal under = schema.path("minimum").decimalValue().subtract(step);
    BigDecimal over = schema.path("maximum").decimalValue().add(step);
    found.add(new Break(path, "minimum", whole.apply(JSON.numberNode(under))));
    found.add(new Break(path, "maximum", whole.apply(JSON.numberNode(over))));
  }

  /** Half of the smallest value: what is under it stays positive. */
  private static BigDecimal half(JsonNode schema) {
    BigDecimal least = schema.path("minimum").decimalValue();
    return least.signum() == 0 ? BigDecimal.ONE : least.divide(BigDecimal.TWO);
  }

  private void text(String path, JsonNode schema, UnaryOperator<JsonNode> whole) {
    if (schema.has("enum") || schema.has("pattern")) {
      String rule = schema.has("enum") ? "enum" : "pattern";
      found.add(new Break(path, rule, whole.apply(new TextNode("Not/a Word"))));
    }
    if (schema.has("maxLength")) {
      String word = "x".repeat(schema.path("maxLength").asInt() + 1);
      found.add(new Break(path, "maxLength", whole.apply(new TextNode(word))));
    }
  }

  /** As little as the schema allows. */
  private static ObjectNode least(JsonNode schema) {
    ObjectNode least = JSON.objectNode();
    for (JsonNode name : schema.path("required")) {
      least.set(name.asText(), valid(schema.path("properties").path(name.asText())));
    }
    return least;
  }

  private static JsonNode valid(JsonNode schema) {
    if (schema.has("enum")) {
      return schema.path("enum").path(0);
    }
    return switch (schema.path("type").asText()) {
      case "object" -> least(schema);
      case "integer" -> JSON.numberNode(schema.path("minimum").decimalValue().toBigInteger());
      case "number" -> JSON.numberNode(schema.path("minimum").decimalValue());
      default -> JSON.textNode("linear"); // a name, and a step's
    };
  }
}

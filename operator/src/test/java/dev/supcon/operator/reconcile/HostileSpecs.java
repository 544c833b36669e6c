package dev.supcon.operator.reconcile;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Random objects after a schema, with nonsense here and there; the same for the same seed. */
final class HostileSpecs {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** Reads and writes what is nested deeper than a mapper takes by itself. */
  static final JsonMapper DEEP =
      new JsonMapper(
          JsonFactory.builder()
              .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(9000).build())
              .streamWriteConstraints(
                  StreamWriteConstraints.builder().maxNestingDepth(9000).build())
              .build());

  private final Random random;
  private final List<Supplier<JsonNode>> nonsense;

  HostileSpecs(Random random) {
    this.random = random;
    this.nonsense =
        List.of(
            JSON::nullNode,
            JSON::objectNode,
            JSON::arrayNode,
            () -> JSON.booleanNode(true),
            () -> JSON.numberNode(-1),
            () -> JSON.numberNode(1e300),
            () -> JSON.numberNode(Long.MAX_VALUE),
            () -> JSON.numberNode(0.3),
            () -> JSON.textNode(""),
            () -> JSON.textNode("NaN"),
            () -> JSON.textNode("\u20ac \ud83d\udca5 \u202e \u0001"),
            () -> JSON.textNode("../../../etc/passwd"),
            () -> JSON.textNode("{{ .Values }} ${jndi:ldap://x} %s %n"),
            () -> JSON.textNode("x".repeat(63)),
            () -> JSON.textNode("x".repeat(253)),
            () -> JSON.textNode("y".repeat(20_000)),
            () -> JSON.objectNode().put("a", 1).put("metadata", "x"),
            () -> copies(JSON.textNode("z"), 1000),
            () -> deep(1 + random.nextInt(1500)));
  }

  static String json(JsonNode tree) {
    try {
      return DEEP.writeValueAsString(tree);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private static ArrayNode copies(JsonNode entry, int number) {
    ArrayNode list = JSON.arrayNode();
    for (int i = 0; i < number; i++) {
      list.add(entry);
    }
    return list;
  }

  private static JsonNode deep(int levels) {
    ArrayNode node = JSON.arrayNode();
    for (int i = 1; i < levels; i++) {
      node = JSON.arrayNode().add(node);
    }
    return node;
  }

  /**
   * @param oddness how likely a field is nonsense
   */
  JsonNode next(JsonNode schema, double oddness) {
    if (random.nextDouble() < oddness / 4) {
      return nonsense.get(random.nextInt(nonsense.size())).get();
    }
    return switch (schema.path("type").asText()) {
      case "object" -> mapping(schema, oddness);
      case "array" -> list(schema, oddness);
      case "boolean" -> JSON.booleanNode(random.nextBoolean());
      case "integer" -> JSON.numberNode(between(schema).toBigInteger());
      case "number" -> JSON.numberNode(between(schema).doubleValue());
      default -> text(schema);
    };
  }

  private JsonNode mapping(JsonNode schema, double oddness) {
    ObjectNode mapping = JSON.objectNode();
    schema
        .path("properties")
        .properties()
        .forEach(
            field -> {
              if (random.nextInt(4) == 0) {
                mapping.set(field.getKey(), next(field.getValue(), oddness));
              }
            });
    if (random.nextDouble() < oddness) {
      mapping.put("unknown", 1);
    }
    return mapping;
  }

  private JsonNode list(JsonNode schema, double oddness) {
    ArrayNode list = JSON.arrayNode();
    for (int i = random.nextInt(4); i > 0; i--) {
      list.add(next(schema.path("items"), oddness));
    }
    return list;
  }

  private BigDecimal between(JsonNode schema) {
    BigDecimal least = schema.path("minimum").decimalValue();
    BigDecimal most = schema.path("maximum").decimalValue().min(least.add(BigDecimal.TEN));
    return least.add(most.subtract(least).multiply(BigDecimal.valueOf(random.nextDouble())));
  }

  private JsonNode text(JsonNode schema) {
    JsonNode words = schema.path("enum");
    return words.isEmpty()
        ? JSON.textNode(
            List.of("shapes", "pets", "linear", "default", "a-1").get(random.nextInt(5)))
        : words.get(random.nextInt(words.size()));
  }

  /** A name for an object, up to what the API server takes of it. */
  String name(int number, int longest) {
    String unique = "h" + new BigInteger(String.valueOf(number)).toString(36);
    return random.nextInt(5) == 0
        ? unique + "-" + "x".repeat(longest - unique.length() - 1)
        : unique;
  }

  /** Annotations: none, odd ones, or as many as an object may have. */
  JsonNode annotations() {
    ObjectNode annotations = JSON.objectNode();
    switch (random.nextInt(20)) {
      case 0 -> annotations.put("supcon.dev/order", "x".repeat(200_000));
      case 1 -> annotations.put("example.org/odd", "\u20ac \ud83d\udca5 \u202e");
      case 2 -> annotations.put("supcon.dev/order", "{\"request\": {}}");
      default -> {}
    }
    return annotations;
  }
}

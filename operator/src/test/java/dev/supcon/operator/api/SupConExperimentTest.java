package dev.supcon.operator.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class SupConExperimentTest {
  private static final Path COMMITTED =
      Path.of("../manifests/crds/supconexperiments.supcon.dev.yaml");
  private static final String GENERATED = GeneratedCrd.yaml(SupConExperiment.class);

  @Test
  void theCommittedCrdIsTheGeneratedOne() throws IOException {
    if (Boolean.getBoolean("supcon.regenerate")) {
      Files.writeString(COMMITTED, GENERATED);
    }

    assertThat(Files.readString(COMMITTED))
        .as("a spec record changed: ./mvnw -pl operator -am test -Dsupcon.regenerate=true")
        .isEqualTo(GENERATED);
  }

  @Test
  void everyFieldIsDescribed() throws IOException {
    fields()
        .forEach(
            (path, field) -> assertThat(field.path("description").asText()).as(path).isNotEmpty());
  }

  @Test
  void everyFieldIsBounded() throws IOException {
    fields()
        .forEach(
            (path, field) -> {
              bounded(path, field);
              if (field.has("items")) {
                bounded(path + "[]", field.get("items"));
              }
            });
  }

  private static void bounded(String path, JsonNode field) {
    switch (field.path("type").asText()) {
      case "array" -> assertThat(field.has("maxItems")).as(path).isTrue();
      case "string" ->
          assertThat(field.has("enum") || field.has("maxLength") || field.has("pattern"))
              .as(path)
              .isTrue();
      case "integer", "number" ->
          assertThat(field.has("minimum") && field.has("maximum")).as(path).isTrue();
      case "boolean" -> {}
      default -> assertThat(field.path("type").asText()).as(path).isEqualTo("object");
    }
  }

  @Test
  void theUnknownWordIsNotOffered() {
    assertThat(GENERATED).doesNotContain("\"unknown\"").contains("- \"supCon\"");
  }

  @Test
  void theStatusStartsAsNotYetObserved() throws IOException {
    assertThat(schema().at("/properties/status/default/observedGeneration").asInt()).isEqualTo(-1);
  }

  /** All fields below the spec by their path. */
  private static Map<String, JsonNode> fields() throws IOException {
    Map<String, JsonNode> fields = new TreeMap<>();
    collect("spec", schema().at("/properties/spec"), fields);
    assertThat(fields).hasSizeGreaterThan(40);
    return fields;
  }

  private static void collect(String path, JsonNode schema, Map<String, JsonNode> fields) {
    fields.put(path, schema);
    JsonNode owner = schema.has("items") ? schema.get("items") : schema;
    owner
        .path("properties")
        .properties()
        .forEach(child -> collect(path + "." + child.getKey(), child.getValue(), fields));
  }

  private static JsonNode schema() throws IOException {
    return new YAMLMapper().readTree(GENERATED).at("/spec/versions/0/schema/openAPIV3Schema");
  }
}

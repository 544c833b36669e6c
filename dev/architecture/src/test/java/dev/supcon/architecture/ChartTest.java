package dev.supcon.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What the chart's values say of themselves. */
final class ChartTest {

  @Test
  void everyValueIsInTheSchemaAndNoOtherIs() throws IOException {
    Set<String> values = new TreeSet<>();
    leaves("", values(), values);
    Set<String> known = new TreeSet<>();
    described(
        "", Repository.document(Repository.CHART.resolve("values.schema.json")), values, known);
    known.remove("global"); // Helm puts it into every chart that another one brings

    assertThat(known).isEqualTo(values);
  }

  @Test
  void everyValueIsInTheReadmesTable() throws IOException {
    Set<String> values = new TreeSet<>();
    leaves("", values(), values);
    String readme = Repository.text("helm/supcon-operator/README.md");

    assertThat(values).allSatisfy(value -> assertThat(readme).contains("| `" + value + "` |"));
  }

  private static JsonNode values() throws IOException {
    return Repository.document(Repository.CHART.resolve("values.yaml"));
  }

  /** A mapping that is empty by default, or holds what is the user's, is a value as a whole. */
  private static void leaves(String path, JsonNode node, Set<String> leaves) {
    if (!node.isObject()
        || node.isEmpty()
        || List.of("resources.requests", "resources.limits").contains(path)
        || path.endsWith(".labels")) {
      leaves.add(path);
      return;
    }
    node.properties()
        .forEach(child -> leaves(join(path, child.getKey()), child.getValue(), leaves));
  }

  private static void described(
      String path, JsonNode schema, Set<String> values, Set<String> known) {
    if (values.contains(path) || !schema.has("properties")) {
      known.add(path);
      return;
    }
    assertThat(schema.path("additionalProperties").asText())
        .as("below %s", path)
        .isEqualTo("false");
    schema
        .get("properties")
        .properties()
        .forEach(child -> described(join(path, child.getKey()), child.getValue(), values, known));
  }

  private static String join(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }
}

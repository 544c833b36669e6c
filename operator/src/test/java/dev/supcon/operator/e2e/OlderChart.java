package dev.supcon.operator.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The chart as an earlier version could have been: its CRD lacks a field. */
final class OlderChart {
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final Path NOW = Command.ROOT.resolve("helm/supcon-operator");

  private OlderChart() {}

  /** Written there; the answer is its path. */
  static String in(Path folder) throws IOException {
    for (Path file : files()) {
      Path copy = folder.resolve(NOW.relativize(file).toString());
      Files.createDirectories(copy.getParent());
      Files.copy(file, copy);
    }
    Path crd = folder.resolve("files/crds/supconexperiments.supcon.dev.yaml");
    JsonNode definition = YAML.readTree(crd.toFile());
    JsonNode spec =
        definition.at("/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties");
    ((ObjectNode) spec).remove("rerun");
    YAML.writeValue(crd.toFile(), definition);
    Path chart = folder.resolve("Chart.yaml");
    Files.writeString(
        chart, Files.readString(chart).replaceFirst("(?m)^version: .*", "version: 0.0.9"));
    return folder.toString();
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(NOW)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }
}

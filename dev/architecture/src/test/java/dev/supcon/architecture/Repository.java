package dev.supcon.architecture;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Files of the repository that are no code. */
final class Repository {
  static final Path ROOT = Path.of("../..");
  static final Path CHART = ROOT.resolve("helm/supcon-operator");
  private static final YAMLMapper YAML = new YAMLMapper();

  private Repository() {}

  static String text(String path) throws IOException {
    return Files.readString(ROOT.resolve(path));
  }

  /** The documents of a YAML file, which are mappings. */
  static List<JsonNode> documents(Path file) throws IOException {
    try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(file.toFile())) {
      return documents.readAll();
    }
  }

  static JsonNode document(Path file) throws IOException {
    return YAML.readTree(file.toFile());
  }

  static List<Path> files(Path folder, String suffix) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
    }
  }
}

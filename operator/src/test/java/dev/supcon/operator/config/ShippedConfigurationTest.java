package dev.supcon.operator.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What we ship and show as an administrator's file is one. */
final class ShippedConfigurationTest {
  private static final Path ROOT = Path.of("..");
  private static final YAMLMapper YAML = new YAMLMapper();

  @ParameterizedTest
  @ValueSource(strings = {"manifests/base/config.yaml", "manifests/overlays/local/config.yaml"})
  void theManifestsAre(String file) throws IOException {
    accepted(Files.readString(ROOT.resolve(file)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"values.yaml", "ci/full-values.yaml"})
  void theChartsValuesAre(String file) throws IOException {
    accepted(YAML.readTree(ROOT.resolve("helm/supcon-operator/" + file).toFile()).get("config"));
  }

  @Test
  void theDocumentationsExampleIs() throws IOException {
    String example =
        Pattern.compile("(?s)```yaml\n(# my-values.yaml\n.*?)```")
            .matcher(Files.readString(ROOT.resolve("docs/install.md")))
            .results()
            .map(match -> match.group(1))
            .findFirst()
            .orElseThrow()
            .replace("sha256:...", "sha256:" + "0".repeat(64));

    accepted(YAML.readTree(example).get("config"));
  }

  private static void accepted(JsonNode configuration) throws IOException {
    accepted(YAML.writeValueAsString(configuration));
  }

  private static void accepted(String text) {
    assertThat(ConfigurationFile.read(text)).isInstanceOf(ConfigurationFile.Read.Accepted.class);
  }
}

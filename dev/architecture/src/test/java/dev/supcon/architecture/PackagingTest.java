package dev.supcon.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The chart and the kustomize manifests install the same definitions and grant the same rights. */
final class PackagingTest {
  private static final Path CRDS = Repository.ROOT.resolve("manifests/crds");
  private static final Path CHART_CRDS = Repository.CHART.resolve("files/crds");
  private static final Path CHART_RBAC = Repository.CHART.resolve("files/rbac");

  @Test
  void theChartsCrdsAreTheGeneratedOnesByteForByte() throws IOException {
    List<Path> generated = crds();
    if (Boolean.getBoolean("supcon.regenerate")) {
      for (Path crd : generated) {
        Files.copy(crd, CHART_CRDS.resolve(crd.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }

    assertThat(names(Repository.files(CHART_CRDS, ".yaml"))).isEqualTo(names(generated));
    for (Path crd : generated) {
      assertThat(CHART_CRDS.resolve(crd.getFileName()))
          .as("./mvnw -pl operator,dev/architecture -am test -Dsupcon.regenerate=true")
          .hasSameBinaryContentAs(crd);
    }
  }

  @Test
  void kustomizeInstallsEveryCrd() throws IOException {
    assertThat(Repository.document(CRDS.resolve("kustomization.yaml")).get("resources"))
        .extracting(JsonNode::asText)
        .containsExactlyInAnyOrderElementsOf(names(crds()));
  }

  @ParameterizedTest
  @CsvSource({
    "operator, supcon-operator",
    "leases, supcon-operator-leases",
    "view, supcon-operator-view",
    "edit, supcon-operator-edit",
    "admin, supcon-operator-admin"
  })
  void kustomizeGrantsTheChartsRulesRuleForRule(String file, String role) throws IOException {
    JsonNode rules = Repository.document(CHART_RBAC.resolve(file + ".yaml"));

    assertThat(roles())
        .filteredOn(found -> found.at("/metadata/name").asText().equals(role))
        .singleElement()
        .satisfies(found -> assertThat(found.get("rules")).isEqualTo(rules));
  }

  @Test
  void kustomizeGrantsNothingElse() throws IOException {
    assertThat(roles()).hasSameSizeAs(Repository.files(CHART_RBAC, ".yaml"));
  }

  /** The privilege rule: an operator that can read Secrets lends that right to its users. */
  @ParameterizedTest
  @CsvSource({"operator", "leases"})
  void theOperatorSeesNoSecretAndNothingByWildcard(String file) throws IOException {
    for (JsonNode rule : Repository.document(CHART_RBAC.resolve(file + ".yaml"))) {
      assertThat(words(rule, "apiGroups", "resources", "verbs"))
          .as("%s", rule)
          .doesNotContain("*", "secrets", "pods/exec", "serviceaccounts/token");
    }
  }

  @ParameterizedTest
  @CsvSource({"view", "edit", "admin"})
  void theUsersRolesAreAggregatedIntoTheClusters(String role) throws IOException {
    assertThat(roles())
        .filteredOn(found -> found.at("/metadata/name").asText().endsWith("-" + role))
        .singleElement()
        .satisfies(
            found ->
                assertThat(
                        found
                            .at("/metadata/labels")
                            .path("rbac.authorization.k8s.io/aggregate-to-" + role)
                            .asText())
                    .isEqualTo("true"));
  }

  @Test
  void theLocalOverlayNamesTheImagesThatTheBuildMakes() throws IOException {
    String version =
        Pattern.compile("<artifactId>supcon-parent</artifactId>\\s*<version>([^<]+)</version>")
            .matcher(Repository.text("pom.xml"))
            .results()
            .map(match -> match.group(1))
            .findFirst()
            .orElseThrow();

    assertThat(Repository.text("manifests/overlays/local/kustomization.yaml"))
        .contains("newTag: " + version + " ");
    assertThat(Repository.text("manifests/overlays/local/config.yaml"))
        .contains("image: supcon/runner:" + version + "\n");
  }

  private static List<Path> crds() throws IOException {
    return Repository.files(CRDS, ".yaml").stream()
        .filter(file -> !file.endsWith("kustomization.yaml"))
        .toList();
  }

  private static List<String> names(List<Path> files) {
    return files.stream().map(file -> file.getFileName().toString()).toList();
  }

  private static List<JsonNode> roles() throws IOException {
    List<JsonNode> roles = new ArrayList<>();
    for (Path file : Repository.files(Repository.ROOT.resolve("manifests/base/rbac"), ".yaml")) {
      Repository.documents(file).stream().filter(found -> found.has("rules")).forEach(roles::add);
    }
    return roles;
  }

  private static List<String> words(JsonNode rule, String... fields) {
    return Stream.of(fields)
        .flatMap(field -> rule.path(field).valueStream())
        .map(JsonNode::asText)
        .toList();
  }
}

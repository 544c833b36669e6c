package dev.supcon.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.supcon.contract.spec.Checked;
import dev.supcon.contract.spec.ExperimentRules;
import dev.supcon.contract.spec.ExperimentSpec;
import dev.supcon.contract.step.ContractJson;
import dev.supcon.operator.config.Configuration;
import org.junit.jupiter.api.Test;

/** What an experiment may name: the places that the administrator allowed its namespace. */
final class GrantsTest {
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final String CONFIGURATION =
      """
      namespaces:
        team-a: {store: s3://store/team-a, dataPrefixes: [s3://images, s3://weights/public]}
      runtimes:
        default: {image: runner}
      """;
  private static final String DIGEST = "0123456789abcdef".repeat(4);

  @Test
  void initialWeightsLieWhereTheNamespaceMayRead() throws JsonProcessingException {
    assertThat(found("{s3: s3://weights/public/w.pth, sha256: " + DIGEST + "}"))
        .isInstanceOf(Grants.Found.Granted.class);
    assertThat(found("{s3: s3://weights/secret/w.pth, sha256: " + DIGEST + "}"))
        .isEqualTo(
            new Grants.Found.Refused(
                "spec.encoder.initialWeights.s3 is s3://weights/secret/w.pth, which namespace"
                    + " team-a may not read; it may read what is below s3://images,"
                    + " s3://weights/public."));
  }

  /** A pod has no files of the user's, and must not read those of its node. */
  @Test
  void initialWeightsAreNoFileOfAPod() throws JsonProcessingException {
    assertThat(found("{path: /etc/passwd, sha256: " + DIGEST + "}"))
        .isEqualTo(
            new Grants.Found.Refused(
                "spec.encoder.initialWeights lies nowhere that a cluster can read; write its place"
                    + " in S3 as s3, and sha256."));
  }

  private static Grants.Found found(String weights) throws JsonProcessingException {
    ExperimentSpec spec =
        ContractJson.MAPPER.treeToValue(
            YAML.readTree("{encoder: {initialWeights: " + weights + "}}"), ExperimentSpec.class);
    Checked.Accepted checked = (Checked.Accepted) ExperimentRules.check(spec);
    Configuration configuration = YAML.readValue(CONFIGURATION, Configuration.class);
    return Grants.of(configuration, "team-a", checked.experiment());
  }
}

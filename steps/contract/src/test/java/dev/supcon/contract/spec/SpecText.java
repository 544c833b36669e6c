package dev.supcon.contract.spec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.supcon.contract.step.ContractJson;
import java.io.UncheckedIOException;
import java.util.List;

/** Specs out of YAML, as tests write them. */
public final class SpecText {
  private static final YAMLMapper YAML = new YAMLMapper();

  private SpecText() {}

  public static ExperimentSpec spec(String yaml) {
    try {
      JsonNode tree = YAML.readTree(yaml.isBlank() ? "{}" : yaml);
      return ContractJson.MAPPER.treeToValue(tree, ExperimentSpec.class);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The base with the top-level fields of the change in place of its own. */
  public static String merged(String base, String change) {
    try {
      ObjectNode tree = (ObjectNode) YAML.readTree(base);
      tree.setAll((ObjectNode) YAML.readTree(change));
      return tree.toString();
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static CheckedExperiment accepted(String yaml) {
    return switch (ExperimentRules.check(spec(yaml))) {
      case Checked.Accepted accepted -> accepted.experiment();
      case Checked.Rejected rejected -> throw new AssertionError(rejected.violations());
    };
  }

  public static List<String> faults(String yaml) {
    return switch (ExperimentRules.check(spec(yaml))) {
      case Checked.Accepted ignored -> List.of();
      case Checked.Rejected rejected ->
          rejected.violations().stream().map(Violation::line).toList();
    };
  }
}

package dev.supcon.runner.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.supcon.contract.spec.Checked;
import dev.supcon.contract.spec.CheckedExperiment;
import dev.supcon.contract.spec.ExperimentRules;
import dev.supcon.contract.spec.ExperimentSpec;
import dev.supcon.contract.spec.Violation;
import dev.supcon.contract.step.ContractJson;
import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An experiment as its user wrote it, checked.
 *
 * @param yaml what was checked: the file's text, or the changed tree where something was changed
 */
public record ExperimentFile(String name, CheckedExperiment experiment, String yaml) {
  /**
   * Reads a file and applies changes of the form {@code spec.pretrain.epochs=4}.
   *
   * @throws StepFailure with every fault, a line each
   */
  public static ExperimentFile read(Path file, List<String> changes) {
    String text = text(file);
    JsonNode document = YamlDocument.read(file.toString(), text);
    if (!(document instanceof ObjectNode root)) {
      throw new StepFailure(
          ExitCode.USAGE, file + ": is not a mapping; write apiVersion, kind, metadata and spec");
    }
    changes.stream().map(FieldChange::of).forEach(change -> change.applyTo(root));
    String yaml = changes.isEmpty() ? text : YamlDocument.write(root);
    return checked(root, yaml);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new StepFailure(
          ExitCode.NO_INPUT, file + " does not exist; write the path of an experiment's file", e);
    } catch (IOException e) {
      throw new StepFailure(
          ExitCode.NO_INPUT, file + " cannot be read as UTF-8 text; write the path of a file", e);
    }
  }

  private static ExperimentFile checked(ObjectNode root, String yaml) {
    List<Violation> faults = DocumentShape.takeFaults(root);
    ExperimentSpec spec =
        ContractJson.MAPPER.convertValue(root.withObject("/spec"), ExperimentSpec.class);
    Checked checked = ExperimentRules.check(spec);
    List<Violation> all = new ArrayList<>(faults);
    if (checked instanceof Checked.Rejected rejected) {
      // a rule that names a field taken out has looked at its default
      rejected.violations().stream()
          .filter(rule -> faults.stream().noneMatch(fault -> rule.names(fault.path())))
          .forEach(all::add);
    }
    if (all.isEmpty() && checked instanceof Checked.Accepted accepted) {
      return new ExperimentFile(root.at("/metadata/name").asText(), accepted.experiment(), yaml);
    }
    throw new StepFailure(
        ExitCode.USAGE, all.stream().map(Violation::line).collect(Collectors.joining("\n")));
  }
}

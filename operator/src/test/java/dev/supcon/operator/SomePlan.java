package dev.supcon.operator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.supcon.contract.plan.Plan;
import dev.supcon.contract.plan.PlannedStep;
import dev.supcon.contract.plan.Planner;
import dev.supcon.contract.plan.ResolvedExperiment;
import dev.supcon.contract.spec.Checked;
import dev.supcon.contract.spec.CheckedExperiment;
import dev.supcon.contract.spec.ExperimentRules;
import dev.supcon.contract.spec.ExperimentSpec;
import dev.supcon.contract.step.ContractJson;
import java.util.Map;

/** Plans for tests. */
public final class SomePlan {
  public static final String EXPERIMENT = "shapes";

  private SomePlan() {}

  /** Of the defaults: augment, pretrain, linear. */
  public static Plan threeSteps() {
    return of("{}");
  }

  public static Plan of(String yaml) {
    CheckedExperiment checked = checked(yaml);
    Map<String, String> digests =
        checked.dataSets().stream()
            .collect(java.util.stream.Collectors.toMap(data -> data.name(), data -> "d"));
    return Planner.plan(new ResolvedExperiment(EXPERIMENT, checked, digests, "test 1"));
  }

  public static CheckedExperiment checked(String yaml) {
    return switch (ExperimentRules.check(spec(yaml))) {
      case Checked.Accepted accepted -> accepted.experiment();
      case Checked.Rejected rejected -> throw new AssertionError(rejected.violations());
    };
  }

  public static ExperimentSpec spec(String yaml) {
    try {
      return ContractJson.MAPPER.treeToValue(new YAMLMapper().readTree(yaml), ExperimentSpec.class);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  public static PlannedStep pretrain() {
    return threeSteps().step("pretrain");
  }
}

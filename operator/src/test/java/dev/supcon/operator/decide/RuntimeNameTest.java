package dev.supcon.operator.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.supcon.contract.plan.Plan;
import dev.supcon.contract.spec.ExecutionSpec;
import dev.supcon.operator.SomePlan;
import org.junit.jupiter.api.Test;

final class RuntimeNameTest {

  @Test
  void aStepsNameWinsOverItsKindAndThatOverTheExperiments() {
    String yaml =
        """
        transfer: [{data: {name: shapes-novel}}]
        execution:
          runtime: cpu
          steps:
          - {name: augment, runtime: disk}
          - {name: augment-shapes-novel, runtime: small}
          - {name: pretrain, runtime: gpu}
        """;
    Plan plan = SomePlan.of(yaml);
    ExecutionSpec execution = SomePlan.spec(yaml).execution();

    assertThat(plan.steps())
        .extracting(step -> step.name() + " " + RuntimeName.of(execution, step))
        .contains("augment disk", "augment-shapes-novel small", "pretrain gpu", "linear cpu");
  }

  @Test
  void thePlansHashIsThatOfNamesAndKeys() {
    assertThat(PlanHash.of(SomePlan.threeSteps()))
        .isEqualTo(PlanHash.of(SomePlan.of("{execution: {runtime: gpu}}")))
        .isNotEqualTo(PlanHash.of(SomePlan.of("{seed: 1}")))
        .matches("[0-9a-f]{64}");
  }
}

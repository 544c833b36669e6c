package dev.supcon.operator.decide;

import dev.supcon.contract.plan.PlannedStep;
import dev.supcon.contract.spec.ExecutionSpec;
import dev.supcon.contract.spec.StepExecutionSpec;
import dev.supcon.contract.step.StepKind;
import java.util.Optional;

/** Which runtime a spec says for a step. */
public final class RuntimeName {
  private RuntimeName() {}

  /** A step's name wins over its kind, and that over the experiment's runtime. */
  public static String of(ExecutionSpec execution, PlannedStep step) {
    return named(execution, step.name())
        .or(() -> named(execution, step.kind().word()))
        .orElse(execution.runtime());
  }

  /** The same before there is a plan, of the one step that is called by its kind. */
  public static String ofPretraining(ExecutionSpec execution) {
    return named(execution, StepKind.PRETRAIN.word()).orElse(execution.runtime());
  }

  private static Optional<String> named(ExecutionSpec execution, String name) {
    return execution.steps().stream()
        .filter(step -> step.name().equals(name))
        .map(StepExecutionSpec::runtime)
        .findFirst();
  }
}

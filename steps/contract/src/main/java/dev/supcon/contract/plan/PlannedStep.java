package dev.supcon.contract.plan;

import dev.supcon.contract.step.StepKey;
import dev.supcon.contract.step.StepKind;
import dev.supcon.contract.step.StepRequest;
import java.util.List;

/**
 * One step of a plan.
 *
 * @param dependsOn names of the steps whose results it reads, all earlier in the plan
 */
public record PlannedStep(StepRequest request, List<String> dependsOn) {

  public PlannedStep {
    dependsOn = List.copyOf(dependsOn);
  }

  /** Unique in the plan, such as {@code pretrain} or {@code transfer-flowers}. */
  public String name() {
    return request.header().name();
  }

  public StepKey key() {
    return request.header().key();
  }

  public StepKind kind() {
    return request.kind();
  }
}

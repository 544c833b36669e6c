package dev.supcon.contract.plan;

import java.util.List;

/**
 * What an experiment takes: a DAG of steps, in an order in which they can run.
 *
 * @param experiment its name
 */
public record Plan(String experiment, List<PlannedStep> steps) {

  public Plan {
    steps = List.copyOf(steps);
  }

  /**
   * The step of that name.
   *
   * @throws IllegalArgumentException when there is none
   */
  public PlannedStep step(String name) {
    return steps.stream()
        .filter(step -> step.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no step " + name));
  }
}

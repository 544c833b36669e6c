package dev.supcon.operator.observe;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A plan as it is seen.
 *
 * @param steps by the step's name
 * @param strays Jobs that act for keys which the plan does not have
 */
public record Observation(Map<String, SeenStep> steps, List<Attempt> strays) {

  /** Copies both. */
  public Observation {
    steps = Map.copyOf(steps);
    strays = List.copyOf(strays);
  }

  /**
   * A step of the plan that this is about.
   *
   * @throws IllegalArgumentException when there is none of that name
   */
  public SeenStep step(String name) {
    return Optional.ofNullable(steps.get(name))
        .orElseThrow(() -> new IllegalArgumentException("no step " + name));
  }
}

package dev.supcon.runner.local;

import dev.supcon.contract.plan.Plan;
import dev.supcon.contract.plan.PlannedStep;
import dev.supcon.services.store.Lookup;
import dev.supcon.services.store.ObjectStore;
import dev.supcon.services.store.StepStore;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Says of each step, before anything runs, whether the store already holds its result. */
public final class Forecast {
  private Forecast() {}

  /** By the steps' names, in the plan's order. */
  public static Map<String, Expected> of(Plan plan, ObjectStore store) {
    Map<String, Expected> expected = new LinkedHashMap<>();
    for (PlannedStep step : plan.steps()) {
      Optional<String> rerun =
          step.dependsOn().stream().filter(name -> expected.get(name) instanceof Run).findFirst();
      expected.put(
          step.name(),
          rerun
              .<Expected>map(name -> new Run("its input " + name + " runs"))
              .orElseGet(() -> lookup(step, store)));
    }
    return expected;
  }

  private static Expected lookup(PlannedStep step, ObjectStore store) {
    return switch (new StepStore(store, step.key()).lookup()) {
      case Lookup.Hit hit -> new Cached();
      case Lookup.Miss miss -> new Run((miss.reason().word() + " " + miss.detail()).strip());
    };
  }

  /** What will become of a step. */
  public sealed interface Expected {}

  /** The store holds its result. */
  public record Cached() implements Expected {}

  /** It runs, for this reason. */
  public record Run(String why) implements Expected {}
}

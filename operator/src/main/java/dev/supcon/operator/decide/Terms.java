package dev.supcon.operator.decide;

import dev.supcon.contract.spec.ExecutionSpec;
import dev.supcon.contract.step.StepKey;
import java.time.Instant;
import java.util.Map;

/**
 * On which terms an experiment runs now.
 *
 * @param uid the experiment's
 * @param execution as its spec says
 * @param resolvedAt since when its plan holds; what ended before counts no more
 * @param leaders names of the older experiments that lead a key which this one needs too
 * @param freeSlots how many more steps may act in its namespace
 * @param stallSeconds by the step's name: without progress for so long, a step is tried again;
 *     absent or 0: never
 */
public record Terms(
    String uid,
    ExecutionSpec execution,
    Instant resolvedAt,
    Map<StepKey, String> leaders,
    int freeSlots,
    Map<String, Integer> stallSeconds) {

  /** Copies the maps. */
  public Terms {
    leaders = Map.copyOf(leaders);
    stallSeconds = Map.copyOf(stallSeconds);
  }
}

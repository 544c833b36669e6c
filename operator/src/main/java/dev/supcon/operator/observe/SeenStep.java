package dev.supcon.operator.observe;

import java.util.List;

/**
 * One step of a plan as it is seen.
 *
 * @param state by the newest Job
 * @param result by the last look into the store
 * @param attempts every Job, by number
 * @param ended every Job that ended without a result, by number
 * @param newest number of the newest Job or pod; 0: none
 * @param occupied whether some pod or Job of its key still acts or may act: nothing may start
 */
public record SeenStep(
    StepState state,
    Result result,
    List<Attempt> attempts,
    List<StepState.Ended> ended,
    int newest,
    boolean occupied) {

  /** Copies the lists. */
  public SeenStep {
    attempts = List.copyOf(attempts);
    ended = List.copyOf(ended);
  }
}

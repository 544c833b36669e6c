package dev.supcon.operator.observe;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One step of a plan as it is seen.
 *
 * @param state by the newest Job
 * @param result by the last look into the store
 * @param attempts every Job, by number
 * @param ended every Job that ended without a result, by number
 * @param newest number of the newest Job or pod; 0: none
 * @param occupied whether some pod or Job of its key still acts or may act: nothing may start
 * @param lostAt when a pod that is being deleted will count as lost, if it is still there
 */
public record SeenStep(
    StepState state,
    Result result,
    List<Attempt> attempts,
    List<StepState.Ended> ended,
    int newest,
    boolean occupied,
    Optional<Instant> lostAt) {

  /** Copies the lists. */
  public SeenStep {
    attempts = List.copyOf(attempts);
    ended = List.copyOf(ended);
  }
}

package dev.supcon.operator.mirror;

import dev.supcon.contract.step.StepKey;

/**
 * An attempt at a step whose pod is over.
 *
 * @param step its name in the plan
 * @param attempt the pod's UID
 */
public record EndedAttempt(String step, StepKey key, String attempt, How how) {

  /** How it ended. */
  public enum How {
    /** Its result counts: what it could not tell is told from the store. */
    SUCCEEDED,
    /** Stopped, to be gone on with. */
    KILLED,
    /** By a fault or a refusal. */
    FAILED
  }
}

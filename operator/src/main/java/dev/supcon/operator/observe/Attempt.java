package dev.supcon.operator.observe;

import java.util.Optional;

/**
 * One Job of a step.
 *
 * @param job its name
 * @param number counts the attempts of a key
 * @param ending whether it is being deleted
 * @param tenure of its newest pod, where that was scheduled and can still be seen
 */
public record Attempt(
    String job, int number, Owner owner, boolean ending, Optional<Tenure> tenure) {

  /** Whether that experiment owns the Job. */
  public boolean isOf(String experimentUid) {
    return owner.uid().equals(experimentUid);
  }
}

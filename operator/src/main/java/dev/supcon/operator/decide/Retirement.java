package dev.supcon.operator.decide;

import dev.supcon.contract.spec.ExecutionSpec;
import dev.supcon.operator.api.Condition;
import dev.supcon.operator.api.ExperimentStatus;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** What remains to be done about an experiment that has ended: its Jobs go, itself never. */
public final class Retirement {
  private Retirement() {}

  /**
   * When its Jobs may go; empty while the status does not say that this generation of the spec has
   * ended, so that there is still something to decide.
   */
  public static Optional<Instant> jobsGoAt(
      ExperimentStatus status, long generation, ExecutionSpec execution) {
    return status
        .condition("Finished")
        .filter(Condition::holds)
        .filter(finished -> finished.observedGeneration() == generation)
        .map(finished -> at(finished).plusSeconds(execution.ttlSecondsAfterFinished()));
  }

  private static Instant at(Condition finished) {
    try {
      return Instant.parse(finished.lastTransitionTime());
    } catch (DateTimeParseException e) {
      return Instant.EPOCH;
    }
  }
}

package dev.supcon.operator.observe;

import java.time.Instant;
import java.util.Optional;

/** What can be seen of a step now. */
public sealed interface StepState {

  /** No Job of it acts, and none ended; its result is unknown or missing. */
  record Waiting() implements StepState {}

  /**
   * A Job exists, its container does not run.
   *
   * @param since when the time began that counts towards the deadline
   */
  record Pending(Attempt attempt, PendingReason reason, String message, Instant since)
      implements StepState {}

  /**
   * Its container runs.
   *
   * @param since when the container started
   * @param progress said by this very pod
   */
  record Running(Attempt attempt, Instant since, Optional<Progress> progress)
      implements StepState {}

  /** Its Job has ended; a look into the store later than that is still to come. */
  record Verifying(Attempt attempt) implements StepState {}

  /** The result exists, whoever made it. */
  record Succeeded(Result.Hit hit) implements StepState {}

  /** Its Job is suspended, and no queue is the reason. */
  record Suspended(Attempt attempt) implements StepState {}

  /**
   * Its pod should have been gone since then: its node does not answer, and nobody knows whether
   * the pod still acts.
   */
  record Lost(Attempt attempt, String node, Instant since) implements StepState {}

  /** Its newest Job has ended without a result. */
  sealed interface Ended extends StepState {
    Attempt attempt();

    Instant at();
  }

  /**
   * It may go on at once.
   *
   * @param disrupted by others: preempted, evicted, deleted; else it asked for it itself
   * @param checkpoint number of the newest commit; -1: none, or not looked for
   */
  record Resumable(Attempt attempt, Instant at, boolean disrupted, long checkpoint)
      implements Ended {}

  /** It may be tried again, and that counts. */
  record Faulted(Attempt attempt, Instant at, String message) implements Ended {}

  /** Another try would end alike. */
  record Refused(Attempt attempt, Instant at, int exitCode, String message) implements Ended {}
}

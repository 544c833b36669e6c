package dev.supcon.operator.observe;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A pod that should have been gone and is not: its kubelet does not answer. */
final class LostPod {
  /** A kubelet that lives deletes within seconds after the grace. */
  static final Duration PATIENCE = Duration.ofSeconds(60);

  private LostPod() {}

  static Optional<StepState.Lost> of(PodView pod, Attempt attempt, Instant now) {
    return pod.toBeGone()
        .filter(gone -> !pod.ended() && !pod.node().isEmpty())
        .filter(gone -> gone.plus(PATIENCE).isBefore(now))
        .map(gone -> new StepState.Lost(attempt, pod.node(), gone));
  }
}

package dev.supcon.operator.observe;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** A pod that should have been gone and is not: its kubelet does not answer. */
final class LostPod {
  /** A kubelet that lives deletes within seconds after the grace. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private LostPod() {}

  static Optional<StepState.Lost> of(PodView pod, Attempt attempt, Instant now) {
    return deadline(pod)
        .filter(lost -> !now.isBefore(lost))
        .flatMap(lost -> pod.toBeGone())
        .map(gone -> new StepState.Lost(attempt, pod.node(), gone));
  }

  /** When the first of them will be lost. */
  static Optional<Instant> deadline(Stream<PodView> pods) {
    return pods.flatMap(pod -> deadline(pod).stream()).min(Instant::compareTo);
  }

  private static Optional<Instant> deadline(PodView pod) {
    return pod.toBeGone()
        .filter(gone -> !pod.ended() && !pod.node().isEmpty())
        .map(gone -> gone.plus(PATIENCE));
  }
}

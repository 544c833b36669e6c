package dev.supcon.operator.decide;

import dev.supcon.operator.observe.StepState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How long to wait after a fault: as a Job does, 10 s, doubled each time, at most 6 minutes. */
final class Backoff {
  private static final Duration FIRST = Duration.ofSeconds(10);
  private static final Duration LONGEST = Duration.ofMinutes(6);
  private static final int DOUBLINGS = 10;

  private Backoff() {}

  /** When to try again; empty: at once. */
  static Optional<Instant> until(StepState state, int failures) {
    return state instanceof StepState.Faulted faulted && failures > 0
        ? Optional.of(faulted.at().plus(after(failures)))
        : Optional.empty();
  }

  private static Duration after(int failures) {
    Duration doubled = FIRST.multipliedBy(1L << Math.min(failures - 1, DOUBLINGS));
    return doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
  }
}

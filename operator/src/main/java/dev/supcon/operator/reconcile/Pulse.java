package dev.supcon.operator.reconcile;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** When our own object was written, and when it was seen. */
final class Pulse {
  /** Three beats. */
  private static final Duration DEAF = Duration.ofSeconds(90);

  private final InstantSource clock;
  private Instant heard;
  private Optional<Instant> unheard = Optional.empty(); // the first write that was not seen since

  Pulse(InstantSource clock) {
    this.clock = clock;
    this.heard = clock.instant();
  }

  /**
   * It was written.
   *
   * @param before a time before the write: it may have been seen already when the answer came
   */
  synchronized void wrote(Instant before) {
    if (unheard.isEmpty() && !heard.isAfter(before)) {
      unheard = Optional.of(before);
    }
  }

  /** It was seen through the watch. */
  synchronized void heard() {
    heard = clock.instant();
    unheard = Optional.empty();
  }

  /** Since when it was last seen. */
  synchronized Duration age() {
    return Duration.between(heard, clock.instant());
  }

  /** Whether a write was not seen for too long. Without writes nothing is to be seen. */
  synchronized boolean deaf() {
    return unheard.filter(since -> since.plus(DEAF).isBefore(clock.instant())).isPresent();
  }
}

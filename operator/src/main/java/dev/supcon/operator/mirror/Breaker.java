package dev.supcon.operator.mirror;

import java.time.Duration;
import java.time.Instant;

/**
 * Keeps from asking a server that does not answer: after a failure it is tried by one question at a
 * time, at growing distances. Not for several threads.
 */
final class Breaker {
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private Duration pause = Duration.ZERO;
  private Instant nextTry = Instant.EPOCH;

  /** Whether the server answered last time. */
  boolean closed() {
    return pause.isZero();
  }

  /** When an open breaker lets the next question through. */
  Instant nextTry() {
    return nextTry;
  }

  void answered() {
    pause = Duration.ZERO;
  }

  void failed(Instant now) {
    Duration longer = pause.isZero() ? FIRST : pause.multipliedBy(2);
    pause = longer.compareTo(LONGEST) < 0 ? longer : LONGEST;
    nextTry = now.plus(pause);
  }
}

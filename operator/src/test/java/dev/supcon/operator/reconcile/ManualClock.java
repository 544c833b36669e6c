package dev.supcon.operator.reconcile;

import java.time.Instant;
import java.time.InstantSource;

/** A clock that a test sets. */
final class ManualClock implements InstantSource {
  static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
  private volatile Instant now = BEGIN;

  void pass(long seconds) {
    now = now.plusSeconds(seconds);
  }

  @Override
  public Instant instant() {
    return now;
  }
}

package dev.supcon.operator.decide;

import java.time.Instant;
import java.util.Optional;

/** The earliest of several times to come. */
final class Alarm {
  private final Instant now;
  private Optional<Instant> earliest = Optional.empty();

  Alarm(Instant now) {
    this.now = now;
  }

  void at(Instant time) {
    if (time.isAfter(now) && earliest.filter(known -> known.isBefore(time)).isEmpty()) {
      earliest = Optional.of(time);
    }
  }

  Optional<Instant> earliest() {
    return earliest;
  }
}

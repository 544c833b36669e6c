package dev.supcon.operator.reconcile;

import dev.supcon.operator.api.ExperimentStatus;
import dev.supcon.operator.status.Urgency;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Writes of status that may wait. One costs the API server more than all that it does for a pod;
 * short steps end before it is due, and the write of their end says all.
 */
final class Pace {
  private static final Duration LULL = Duration.ofSeconds(2);

  private final Map<ResourceID, Instant> written = new ConcurrentHashMap<>();

  /** When the status should be written; empty: now, or never, as it is the one before. */
  Optional<Instant> later(Subject subject, ExperimentStatus next) {
    if (next.equals(subject.previous()) || Urgency.of(subject.previous(), next)) {
      return Optional.empty();
    }
    return Optional.ofNullable(written.get(subject.id()))
        .map(time -> time.plus(LULL))
        .filter(due -> due.isAfter(subject.now()));
  }

  /** A status was written. */
  void wrote(Subject subject) {
    written.put(subject.id(), subject.now());
  }

  void forget(ResourceID experiment) {
    written.remove(experiment);
  }
}

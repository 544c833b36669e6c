package dev.supcon.operator.reconcile;

import dev.supcon.operator.api.ExperimentStatus;
import dev.supcon.operator.api.StepStatus;
import dev.supcon.operator.api.SupConExperiment;
import dev.supcon.operator.status.Urgency;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The last status that was written of every experiment on its way. The cache lags behind it, and a
 * write from there would be refused; and what is not urgent waits a while after it, because one
 * write costs the API server more than all that it does for a pod. Short steps end before it is
 * due, and the write of their end says all.
 */
final class LastWrites {
  private static final Duration LULL = Duration.ofSeconds(2);
  private static final Duration LONGEST = Duration.ofSeconds(60);

  /** So that all experiments together write no more than five times a second what may wait. */
  private static final Duration EACH = Duration.ofMillis(200);

  /** Only of such steps there is something that may wait. */
  private static final Set<StepStatus.State> ACTING =
      Set.of(StepStatus.State.PENDING, StepStatus.State.RUNNING, StepStatus.State.VERIFYING);

  private final Map<ResourceID, Write> writes = new ConcurrentHashMap<>();
  private final Set<ResourceID> acting = ConcurrentHashMap.newKeySet(); // with a Job on its way

  /**
   * @param stored what came of it; empty once the cache shows it
   */
  private record Write(Instant at, Optional<SupConExperiment> stored) {}

  /** What is stored by all that is known: what the cache shows, unless we have written since. */
  SupConExperiment newest(SupConExperiment cached) {
    Write last = writes.get(ResourceID.fromResource(cached));
    Optional<SupConExperiment> stored = last == null ? Optional.empty() : last.stored();
    if (stored.filter(written -> version(written) > version(cached)).isPresent()) {
      return stored.get();
    }
    writes.computeIfPresent(
        ResourceID.fromResource(cached),
        (id, write) -> write.equals(last) ? new Write(write.at(), Optional.empty()) : write);
    return cached;
  }

  /** Versions of one object are numbers that grow. */
  private static long version(SupConExperiment experiment) {
    return Long.parseLong(experiment.getMetadata().getResourceVersion());
  }

  /** When the status should be written; empty: now, or never, as it is the one before. */
  Optional<Instant> later(Subject subject, ExperimentStatus next) {
    if (next.equals(subject.previous()) || Urgency.of(subject.previous(), next)) {
      return Optional.empty();
    }
    return Optional.ofNullable(writes.get(subject.id()))
        .map(write -> write.at().plus(lull()))
        .filter(due -> due.isAfter(subject.now()));
  }

  private Duration lull() {
    Duration share = EACH.multipliedBy(acting.size());
    Duration capped = share.compareTo(LONGEST) < 0 ? share : LONGEST;
    return capped.compareTo(LULL) > 0 ? capped : LULL;
  }

  /** A status was written. */
  void wrote(Subject subject, SupConExperiment stored) {
    writes.put(subject.id(), new Write(subject.now(), Optional.of(stored)));
    ExperimentStatus status = stored.getStatus();
    if (status != null && status.steps().stream().anyMatch(step -> ACTING.contains(step.state()))) {
      acting.add(subject.id());
    } else {
      acting.remove(subject.id());
    }
  }

  /** Whether steps of it act, by the last status that was written. */
  boolean acts(ResourceID experiment) {
    return acting.contains(experiment);
  }

  void forget(ResourceID experiment) {
    writes.remove(experiment);
    acting.remove(experiment);
  }
}

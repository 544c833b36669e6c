package dev.supcon.operator.reconcile;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How many more steps may act in a namespace. A Job that was just made counts although no cache
 * shows it yet. Whoever decides holds this object's lock from {@link #free} to {@link #take}.
 */
final class Slots {
  /** Longer than any cache lags; then a Job that is not to be seen is none. */
  private static final Duration UNSEEN = Duration.ofSeconds(60);

  private final InstantSource clock;
  private final Map<String, Map<String, Instant>> taken = new HashMap<>(); // by namespace, by Job

  Slots(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * @param jobs of the namespace, as the cache shows them
   */
  synchronized int free(String namespace, int most, List<Job> jobs) {
    Map<String, Instant> unseen = taken.computeIfAbsent(namespace, name -> new HashMap<>());
    Instant old = clock.instant().minus(UNSEEN);
    unseen.values().removeIf(at -> at.isBefore(old));
    Set<String> active = new HashSet<>(unseen.keySet());
    for (Job job : jobs) {
      unseen.remove(job.getMetadata().getName());
      if (JobEnds.end(job).isPresent()) {
        active.remove(job.getMetadata().getName());
      } else {
        active.add(job.getMetadata().getName());
      }
    }
    return Math.max(0, most - active.size());
  }

  /** A Job is about to be made. */
  synchronized void take(String namespace, String job) {
    taken.computeIfAbsent(namespace, name -> new HashMap<>()).put(job, clock.instant());
  }

  /** It was not made after all. */
  synchronized void giveBack(String namespace, String job) {
    taken.getOrDefault(namespace, new HashMap<>()).remove(job);
  }
}

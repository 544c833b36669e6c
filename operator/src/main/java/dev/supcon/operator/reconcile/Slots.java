package dev.supcon.operator.reconcile;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
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

  /** What the cache shows of a namespace's Jobs. */
  interface Jobs {
    /** Names of those that have not ended. */
    Set<String> active(String namespace);

    /** Whether it shows this one, and its end. */
    boolean ended(String namespace, String job);
  }

  /** How many more may be made, where {@code most} may act at once. */
  synchronized int free(String namespace, int most, Jobs jobs) {
    Set<String> active = jobs.active(namespace);
    Map<String, Instant> unseen = taken.computeIfAbsent(namespace, name -> new HashMap<>());
    Instant old = clock.instant().minus(UNSEEN);
    unseen.values().removeIf(at -> at.isBefore(old));
    unseen.keySet().removeIf(job -> active.contains(job) || jobs.ended(namespace, job));
    return Math.max(0, most - active.size() - unseen.size());
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

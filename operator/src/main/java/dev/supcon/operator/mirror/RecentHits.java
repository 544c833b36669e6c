package dev.supcon.operator.mirror;

import dev.supcon.contract.step.StepKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiPredicate;

/**
 * Results that were found whole a moment ago. A plan's last steps have all the others as their
 * inputs: without this, two thirds of what is asked of a store would be about inputs that were
 * looked at when their own steps ended.
 */
final class RecentHits {
  private static final Duration MOMENT = Duration.ofSeconds(60);
  private static final int MOST = 10_000;

  private final InstantSource clock;
  private final Map<ResultKey, Seen> hits = new LinkedHashMap<>(); // the oldest first

  private record Seen(String digest, Instant at) {}

  RecentHits(InstantSource clock) {
    this.clock = clock;
  }

  synchronized void seen(ResultKey at, String digest) {
    hits.remove(at);
    hits.put(at, new Seen(digest, clock.instant()));
    if (hits.size() > MOST) {
      hits.remove(hits.keySet().iterator().next());
    }
  }

  /** Whether a result in a tenant's store was found with this digest. */
  BiPredicate<StepKey, String> of(Whereabouts tenant) {
    return (key, digest) -> found(new ResultKey(tenant, key), digest);
  }

  private synchronized boolean found(ResultKey at, String digest) {
    Seen seen = hits.get(at);
    return seen != null
        && seen.digest().equals(digest)
        && seen.at().isAfter(clock.instant().minus(MOMENT));
  }
}

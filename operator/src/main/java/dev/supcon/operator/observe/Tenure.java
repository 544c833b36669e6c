package dev.supcon.operator.observe;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The time in which a pod holds its node.
 *
 * @param pod its UID
 * @param from when it was scheduled
 * @param to when it ended
 */
public record Tenure(String pod, Instant from, Optional<Instant> to, int gpus) {

  /** Seconds until its end, or until now. */
  public long seconds(Instant now) {
    return Math.max(0, Duration.between(from, to.orElse(now)).toSeconds());
  }
}

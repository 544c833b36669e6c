package dev.supcon.runner.train;

import dev.supcon.contract.spec.PretrainSpec;
import java.time.Duration;
import java.util.Optional;

/**
 * The time between two checkpoints. It is fixed, or {@code sqrt(2 · C · M)}, C being what a save
 * takes and M the mean time between failures: then saves and work done again cost least together
 * (Young 1974; Daly 2006, first order).
 *
 * @param fixed the time, where someone wrote it
 * @param betweenFailures M
 */
public record CheckpointInterval(Optional<Duration> fixed, Duration betweenFailures) {
  /** Until a save was measured. */
  private static final Duration FIRST = Duration.ofMinutes(1);

  private static final Duration SHORTEST = Duration.ofSeconds(10);

  /** What a spec asks for. */
  public static CheckpointInterval of(PretrainSpec spec) {
    double hours = spec.checkpoints().hoursBetweenFailures();
    return new CheckpointInterval(
        Optional.ofNullable(spec.checkpointSeconds()).map(Duration::ofSeconds),
        Duration.ofSeconds(Math.round(hours * Duration.ofHours(1).toSeconds())));
  }

  /** Before the first save. */
  Duration first() {
    return fixed.orElse(FIRST);
  }

  /**
   * After a save.
   *
   * @param save what it took
   * @return from ten seconds to the mean time between failures, unless it is fixed
   */
  Duration after(Duration save) {
    double best = Math.sqrt(2.0 * save.toMillis() * betweenFailures.toMillis());
    long most = Math.max(SHORTEST.toMillis(), betweenFailures.toMillis());
    return fixed.orElse(Duration.ofMillis(Math.clamp((long) best, SHORTEST.toMillis(), most)));
  }
}

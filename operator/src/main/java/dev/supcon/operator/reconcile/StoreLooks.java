package dev.supcon.operator.reconcile;

import dev.supcon.contract.plan.Plan;
import dev.supcon.contract.plan.PlannedStep;
import dev.supcon.contract.step.StepKey;
import dev.supcon.operator.mirror.Look;
import dev.supcon.operator.mirror.Mirror;
import dev.supcon.operator.mirror.Unknown;
import dev.supcon.operator.mirror.Whereabouts;
import dev.supcon.operator.observe.ClusterView;
import dev.supcon.operator.observe.Progress;
import dev.supcon.operator.observe.Result;
import dev.supcon.operator.observe.StoreView;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the mirror knows of a plan's steps. That a result is missing counts only by a look that
 * began after all that could have made it; Kubernetes' times are whole seconds, so the second in
 * which a Job ended must be over.
 */
final class StoreLooks {
  /** Nothing is known of any step. */
  static final StoreView NONE = new StoreView(Map.of(), Map.of());

  private static final Duration SECOND = Duration.ofSeconds(1);

  private final Mirror mirror;
  private final Whereabouts where;
  private final Subject subject;
  private Optional<Instant> again = Optional.empty();

  StoreLooks(Mirror mirror, Whereabouts where, Subject subject) {
    this.mirror = mirror;
    this.where = where;
    this.subject = subject;
  }

  /**
   * @param since when the plan was made: what was seen before is not about it
   */
  StoreView of(Plan plan, Instant since, ClusterView cluster) {
    JobEnds ends = JobEnds.of(cluster);
    Map<StepKey, Result> results = new HashMap<>();
    Map<StepKey, Progress> progress = new HashMap<>();
    for (PlannedStep step : plan.steps()) {
      Look look = look(step.key(), since, ends.newest(step.key()));
      results.put(step.key(), seen(step, look));
      mirror
          .progress(where, step.key())
          .ifPresent(
              said ->
                  progress.put(
                      step.key(),
                      new Progress(said.attempt(), said.fraction(), said.doing(), said.at())));
    }
    return new StoreView(results, progress);
  }

  private Look look(StepKey key, Instant since, Optional<Instant> end) {
    Instant after = end.filter(since::isBefore).orElse(since);
    Look look = mirror.result(subject.id(), where, key, after);
    if (!(look instanceof Look.Miss) || end.isEmpty()) {
      return look;
    }
    Instant sure = end.get().plus(SECOND);
    if (!subject.now().isBefore(sure)) {
      return mirror.result(subject.id(), where, key, sure.minusMillis(1));
    }
    again = Optional.of(again.filter(sure::isAfter).orElse(sure));
    return look;
  }

  private Result seen(PlannedStep step, Look look) {
    return switch (look) {
      case Unknown unknown ->
          subject
              .done(step)
              .<Result>map(hit -> hit)
              .orElseGet(
                  () ->
                      new Result.Unknown(
                          unknown.why() == Unknown.Why.ASKED
                              ? "the store is asked"
                              : unknown.detail()));
      case Look.Hit hit -> new Result.Hit(hit.digest(), hit.report().metrics());
      case Look.Miss miss ->
          new Result.Miss(
              miss.reason(), miss.checkpoint(), miss.lookedAt().truncatedTo(ChronoUnit.SECONDS));
    };
  }

  /** When to look again, although nothing will wake the asker. */
  Optional<Instant> again() {
    return again;
  }
}

package dev.supcon.runner.pod;

import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepOrder;
import dev.supcon.contract.step.StepReport;
import dev.supcon.contract.step.StepRequest;
import dev.supcon.runner.attempt.StepAttempt;
import dev.supcon.runner.workspace.Attempt;
import dev.supcon.runner.workspace.Workspace;
import dev.supcon.services.store.Lookup;
import dev.supcon.services.store.ObjectStore;
import dev.supcon.services.store.StepStore;
import dev.supcon.services.store.Stores;
import dev.supcon.services.track.RunLog;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;

/**
 * One step in a pod, which is one attempt at it.
 *
 * @param stop whether the pod is asked to end
 */
public record PodStep(
    PodSettings settings, StepOrder order, PodLog log, BooleanSupplier stop, InstantSource clock) {
  private static final Duration PATIENCE = Duration.ofMinutes(10); // a server's restart and more

  /**
   * Makes the result, unless it is there.
   *
   * @param steps carries out one request
   */
  public TerminationMessage run(BiFunction<StepRequest, Workspace, StepReport> steps) {
    try (ObjectStore store = open()) {
      StepStore results = new StepStore(store, order.request().header().key());
      Attempt attempt = attempt();
      if (attempt.waiting().with(results::lookup) instanceof Lookup.Hit hit) {
        return done("The result was there already.", hit.manifest().report());
      }
      log.info("begins, with its result going to " + store.location());
      return done("The result is there.", run(attempt, store, steps));
    }
  }

  private ObjectStore open() {
    boolean s3 = settings.store().startsWith("s3://");
    return Stores.open(settings.store(), s3 ? settings.secrets().forS3() : Map.of());
  }

  private static TerminationMessage done(String message, StepReport report) {
    return new TerminationMessage(ExitCode.DONE.code(), message, report.metrics());
  }

  private Attempt attempt() {
    return new Attempt(
        settings.attempt(),
        settings.scratch().resolve(settings.attempt()),
        stop,
        PATIENCE,
        clock,
        new Attempt.Observer(log::progress, point -> {}, log::info));
  }

  private StepReport run(
      Attempt attempt, ObjectStore store, BiFunction<StepRequest, Workspace, StepReport> steps) {
    RunLog tracked = PodTracker.open(settings, order.run(), log, clock);
    try (PodTracker tracker = new PodTracker(tracked, stop)) {
      return new StepAttempt(store, tracker.log(), attempt).run(order.request(), steps);
    }
  }
}

package dev.supcon.runner.local;

import dev.supcon.contract.plan.PlannedStep;
import dev.supcon.contract.step.StepReport;
import dev.supcon.contract.step.StepRequest;
import dev.supcon.runner.attempt.StepAttempt;
import dev.supcon.runner.workspace.Attempt;
import dev.supcon.runner.workspace.Workspace;
import dev.supcon.services.store.ObjectStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.function.BiFunction;

/**
 * An attempt on this computer: it has a random name, and a bar or lines say how far it is.
 *
 * @param scratch of the run
 */
record LocalAttempt(
    ObjectStore store, Path scratch, PlannedStep step, LocalRun.Reporting reporting) {

  void run(BiFunction<StepRequest, Workspace, StepReport> steps) {
    String id = UUID.randomUUID().toString();
    Attempt.Observer observer =
        new Attempt.Observer(
            (doing, fraction) -> reporting.progress().update(fraction, doing),
            point -> {}, // the tracker is told
            reporting.progress()::say);
    Attempt attempt =
        new Attempt(
            id,
            scratch.resolve(id),
            reporting.stop()::requested,
            Duration.ZERO, // whoever sits here is told at once
            reporting.clock(),
            observer);
    new StepAttempt(store, reporting.tracking().log(), attempt).run(step.request(), steps);
  }
}

package dev.supcon.runner.local;

import dev.supcon.contract.plan.PlannedStep;
import dev.supcon.contract.step.StepFailure;
import dev.supcon.contract.step.StepReport;
import dev.supcon.contract.step.StepRequest;
import dev.supcon.runner.workspace.Attempt;
import dev.supcon.runner.workspace.StoreWorkspace;
import dev.supcon.runner.workspace.TemporaryFolder;
import dev.supcon.runner.workspace.Workspace;
import dev.supcon.services.store.ObjectStore;
import java.nio.file.Path;
import java.util.UUID;
import java.util.function.BiFunction;

/**
 * One attempt at one step on this computer: a folder of its own, then the step, then its result.
 */
final class StepAttempt {
  private final ObjectStore store;
  private final Path scratch;
  private final PlannedStep step;
  private final LocalRun.Reporting reporting;

  /**
   * @param scratch of the run
   */
  StepAttempt(ObjectStore store, Path scratch, PlannedStep step, LocalRun.Reporting reporting) {
    this.store = store;
    this.scratch = scratch;
    this.step = step;
    this.reporting = reporting;
  }

  void run(BiFunction<StepRequest, Workspace, StepReport> steps) {
    String id = UUID.randomUUID().toString();
    Tracking.Attempted tracked = reporting.tracking().attempt(step, id);
    try (TemporaryFolder own = TemporaryFolder.make(scratch.resolve(id))) {
      Attempt attempt =
          new Attempt(
              id, own.path(), reporting.stop()::requested, reporting.clock(), told(tracked));
      StoreWorkspace workspace = new StoreWorkspace(store, step.request().header(), attempt);
      StepReport report = steps.apply(step.request(), workspace);
      workspace.publish(report);
      tracked.done(report, workspace.output(), reporting.clock().millis());
    } catch (StepFailure failure) {
      tracked.failed(failure);
      throw failure;
    }
  }

  private Attempt.Observer told(Tracking.Attempted tracked) {
    return new Attempt.Observer(
        (doing, fraction) -> reporting.progress().update(fraction, doing),
        tracked::measured,
        reporting.progress()::say);
  }
}

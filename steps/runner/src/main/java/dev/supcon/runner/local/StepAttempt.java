package dev.supcon.runner.local;

import dev.supcon.contract.plan.PlannedStep;
import dev.supcon.contract.step.StepFailure;
import dev.supcon.contract.step.StepReport;
import dev.supcon.contract.step.StepRequest;
import dev.supcon.runner.workspace.Attempt;
import dev.supcon.runner.workspace.StoreWorkspace;
import dev.supcon.runner.workspace.Workspace;
import dev.supcon.services.store.ObjectStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * One attempt at one step on this computer: a folder of its own, then the step, then its result.
 */
final class StepAttempt {
  private final ObjectStore store;
  private final Path runs;
  private final PlannedStep step;
  private final LocalRun.Reporting reporting;

  StepAttempt(ObjectStore store, Path runs, PlannedStep step, LocalRun.Reporting reporting) {
    this.store = store;
    this.runs = runs;
    this.step = step;
    this.reporting = reporting;
  }

  void run(BiFunction<StepRequest, Workspace, StepReport> steps) {
    String id = UUID.randomUUID().toString();
    Path scratch = runs.resolve(".scratch").resolve(id);
    Tracking.Attempted tracked = reporting.tracking().attempt(step, id);
    try {
      Attempt attempt =
          new Attempt(id, scratch, reporting.stop()::requested, reporting.clock(), told(tracked));
      StoreWorkspace workspace = new StoreWorkspace(store, step.request().header(), attempt);
      StepReport report = steps.apply(step.request(), workspace);
      workspace.publish(report);
      tracked.done(report, workspace.output(), reporting.clock().millis());
    } catch (StepFailure failure) {
      tracked.failed(failure);
      throw failure;
    } finally {
      remove(scratch);
    }
  }

  private Attempt.Observer told(Tracking.Attempted tracked) {
    return new Attempt.Observer(
        (doing, fraction) -> reporting.progress().update(fraction, doing),
        tracked::measured,
        reporting.progress()::say);
  }

  private static void remove(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> below = Files.walk(folder)) {
      for (Path path : below.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

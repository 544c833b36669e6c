package dev.supcon.runner.local;

import dev.supcon.contract.plan.Plan;
import dev.supcon.contract.plan.PlannedStep;
import dev.supcon.contract.step.ContractJson;
import dev.supcon.contract.step.StepFailure;
import dev.supcon.contract.step.StepReport;
import dev.supcon.contract.step.StepRequest;
import dev.supcon.runner.report.RunPage;
import dev.supcon.runner.report.RunResult;
import dev.supcon.runner.workspace.Workspace;
import dev.supcon.services.store.Lookup;
import dev.supcon.services.store.ObjectStore;
import dev.supcon.services.store.StepStore;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/**
 * Runs a plan on this computer, a step after the other; a step whose result is there is not run.
 */
public final class LocalRun {
  private final ObjectStore store;
  private final Path runs;
  private final BiFunction<StepRequest, Workspace, StepReport> steps;
  private final Reporting reporting;

  /**
   * @param runs folder of results and pages
   * @param steps carries out one request
   */
  public LocalRun(
      ObjectStore store,
      Path runs,
      BiFunction<StepRequest, Workspace, StepReport> steps,
      Reporting reporting) {
    this.store = store;
    this.runs = runs;
    this.steps = steps;
    this.reporting = reporting;
  }

  /**
   * Whom a run tells of what it does, and who may stop it.
   *
   * @param tracking where runs and metrics go besides the store
   */
  public record Reporting(
      ProgressView progress, StopSignal stop, Tracking tracking, InstantSource clock) {}

  /** A run that ended well. */
  public record Outcome(RunPage page, Path report) {
    /** The result on one line. */
    public String json() {
      return ContractJson.write(page.result());
    }
  }

  /**
   * @param spec the experiment as YAML, for the page
   */
  public Outcome execute(Plan plan, String spec) {
    List<RunResult.Step> done = new ArrayList<>();
    try {
      for (PlannedStep step : plan.steps()) {
        done.add(run(step));
      }
    } catch (StepFailure failure) {
      reporting.tracking().failed(failure);
      throw failure;
    }
    RunPage page = new PageAssembly(store, plan).page(done, spec);
    Path report = RunFolder.write(runs.resolve(plan.experiment()), page);
    reporting.tracking().done(page.result(), report);
    return new Outcome(page, report);
  }

  private RunResult.Step run(PlannedStep step) {
    StepStore results = new StepStore(store, step.key());
    if (results.lookup() instanceof Lookup.Hit) {
      return outcome(step, RunResult.State.Cached, 0);
    }
    try (StepLock lock = lock(step)) {
      // whoever held the lock until now may have finished the step
      return results.lookup() instanceof Lookup.Hit
          ? outcome(step, RunResult.State.Cached, 0)
          : attempt(step);
    }
  }

  private StepLock lock(PlannedStep step) {
    reporting.stop().endIfRequested("before step " + step.name());
    return StepLock.acquire(locks(), step.key(), reporting.progress(), reporting.stop());
  }

  private RunResult.Step attempt(PlannedStep step) {
    long began = reporting.clock().millis();
    reporting.progress().begin(step.name());
    Bfloat16Advice.of(step.request(), Bfloat16Advice.PROCESSOR)
        .ifPresent(reporting.progress()::say);
    try {
      new LocalAttempt(store, runs, step, reporting).run(steps);
    } catch (StepFailure failure) {
      reporting.progress().end(failure, secondsSince(began));
      throw failure;
    }
    reporting.progress().end("done", secondsSince(began));
    return outcome(step, RunResult.State.Succeeded, secondsSince(began));
  }

  private double secondsSince(long began) {
    return (reporting.clock().millis() - began) / 1000.0;
  }

  private Path locks() {
    return store.localPath("locks/x").map(Path::getParent).orElse(runs.resolve(".locks"));
  }

  private RunResult.Step outcome(PlannedStep step, RunResult.State state, double seconds) {
    return new RunResult.Step(step.name(), step.kind(), step.key().hex(), state, seconds);
  }
}

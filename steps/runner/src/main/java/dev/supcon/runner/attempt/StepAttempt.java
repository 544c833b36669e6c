package dev.supcon.runner.attempt;

import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import dev.supcon.contract.step.StepReport;
import dev.supcon.contract.step.StepRequest;
import dev.supcon.runner.workspace.Attempt;
import dev.supcon.runner.workspace.StoreWorkspace;
import dev.supcon.runner.workspace.Workspace;
import dev.supcon.services.store.ObjectStore;
import dev.supcon.services.track.RunLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * One attempt at one step: a workspace of its own, then the step, then its result, all of it told
 * to a tracker.
 *
 * @param log of the experiment's run
 */
public record StepAttempt(ObjectStore store, RunLog log, Attempt attempt) {

  /**
   * Ends with the result in the store; the scratch folder goes in any case.
   *
   * @param steps carries out one request
   * @return what is the step's report from now on: ours, or that of an attempt that was faster
   */
  public StepReport run(StepRequest request, BiFunction<StepRequest, Workspace, StepReport> steps) {
    try (TrackedAttempt tracked = TrackedAttempt.begin(log, request.header(), attempt.id())) {
      return run(request, steps, tracked);
    } finally {
      remove(attempt.scratch());
    }
  }

  private StepReport run(
      StepRequest request,
      BiFunction<StepRequest, Workspace, StepReport> steps,
      TrackedAttempt tracked) {
    try {
      StoreWorkspace workspace =
          new StoreWorkspace(store, request.header(), attempt.alsoMeasured(tracked::measured));
      StepReport report = steps.apply(request, workspace);
      StepReport result = workspace.publish(report).manifest().report();
      tracked.done(report, workspace.output(), attempt.clock().millis());
      return result;
    } catch (StepFailure failure) {
      tracked.failed(failure);
      throw failure;
    }
  }

  /** How a tracked run ends that failed so: what may be resumed was stopped. */
  public static RunLog.Ending ending(StepFailure failure) {
    return failure.exitCode() == ExitCode.RESUME ? RunLog.Ending.KILLED : RunLog.Ending.FAILED;
  }

  private static void remove(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> below = Files.walk(folder)) {
      for (Path path : below.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

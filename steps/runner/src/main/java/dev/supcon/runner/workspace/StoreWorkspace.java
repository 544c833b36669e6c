package dev.supcon.runner.workspace;

import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import dev.supcon.contract.step.StepHeader;
import dev.supcon.contract.step.StepReport;
import dev.supcon.services.store.Checkpoints;
import dev.supcon.services.store.Lookup;
import dev.supcon.services.store.MetricParts;
import dev.supcon.services.store.MetricPoint;
import dev.supcon.services.store.ObjectStore;
import dev.supcon.services.store.Outcome;
import dev.supcon.services.store.Progress;
import dev.supcon.services.store.StepStore;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongPredicate;

/** The workspace of one attempt at a step whose inputs and result lie in a store. */
public final class StoreWorkspace implements Workspace {
  private static final long PROGRESS_MILLIS = 3_000;
  private static final long DEAF_MILLIS = 30_000; // each try in vain takes seconds

  private final Attempt attempt;
  private final Inputs inputs;
  private final StepStore result;
  private final Checkpoints checkpoints;
  private final MetricParts curves;
  private final Patience patience;
  private final Path output;
  private long sayAgainAt;

  public StoreWorkspace(ObjectStore store, StepHeader header, Attempt attempt) {
    this.attempt = attempt;
    this.patience = attempt.waiting();
    this.inputs = new Inputs(store, header, scratch("inputs"), patience);
    this.result = new StepStore(store, header.key());
    this.checkpoints = new Checkpoints(store, header.key(), attempt.observer().said());
    this.curves = new MetricParts(store, header.key(), attempt.id());
    Path folder = result.resultFolder(attempt.id()).orElse(scratch("output"));
    this.output = TemporaryFolder.make(folder).path(); // of the store, or of the attempt's scratch
  }

  private Path scratch(String name) {
    return attempt.scratch().resolve(name);
  }

  @Override
  public Path input(String role) {
    return inputs.folder(role);
  }

  @Override
  public Path output() {
    return output;
  }

  @Override
  public Path scratch() {
    return attempt.scratch();
  }

  @Override
  public void progress(double fraction, String doing) {
    attempt.observer().progressed().accept(doing, fraction);
    long now = attempt.clock().millis();
    if (now >= sayAgainAt) {
      boolean heard =
          heard(() -> result.progress(new Progress(attempt.id(), fraction, doing, now)));
      sayAgainAt = now + (heard ? PROGRESS_MILLIS : DEAF_MILLIS);
    }
  }

  /** Whether the store answered: work goes on without it, and what it misses is said again. */
  private boolean heard(Runnable telling) {
    try {
      telling.run();
      return true;
    } catch (StepFailure failure) {
      if (failure.exitCode() != ExitCode.STORE_UNREACHABLE) {
        throw failure;
      }
      attempt.observer().said().accept("goes on without the store: " + failure.getMessage());
      return false;
    }
  }

  @Override
  public void metric(String name, long step, double value) {
    MetricPoint point = new MetricPoint(name, step, value, attempt.clock().millis());
    curves.add(point);
    attempt.observer().measured().accept(point);
  }

  @Override
  public boolean stopRequested() {
    return attempt.stop().getAsBoolean();
  }

  @Override
  public Optional<Checkpoint> newestCheckpoint() {
    return patience
        .with(() -> checkpoints.newest(scratch("checkpoint")))
        .map(
            found -> {
              attempt.observer().said().accept("goes on from checkpoint " + found.number());
              curves.restore(found.metrics());
              return new Checkpoint(found.number(), found.files());
            });
  }

  @Override
  public boolean commitCheckpoint(long number, Consumer<Path> writer) {
    String name = "checkpoint-" + number;
    try (TemporaryFolder files = TemporaryFolder.make(scratch(name))) {
      writer.accept(files.path());
      return heard(
          () -> checkpoints.commit(attempt.id(), number, files.path(), curves.write(name)));
    }
  }

  @Override
  public void retainCheckpoints(int last, LongPredicate also) {
    var unused = heard(() -> checkpoints.retain(last, also)); // else the next time
  }

  /**
   * Makes the output the result of the step.
   *
   * @return what is the result from now on: ours, or that of an attempt that was faster
   */
  public Lookup.Hit publish(StepReport report) {
    return patience.with(
        () ->
            result.publish(
                attempt.id(), output, new Outcome(report, inputs.digests(), curves.write("end"))));
  }
}

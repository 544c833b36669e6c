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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The workspace of one attempt at a step whose inputs and result lie in a store. */
public final class StoreWorkspace implements Workspace {
  private static final long PROGRESS_MILLIS = 3_000;

  private final Attempt attempt;
  private final Inputs inputs;
  private final StepStore result;
  private final Checkpoints checkpoints;
  private final MetricParts curves;
  private final Path output;
  private long saidAt;

  public StoreWorkspace(ObjectStore store, StepHeader header, Attempt attempt) {
    this.attempt = attempt;
    this.inputs = new Inputs(store, header, scratch("inputs"));
    this.result = new StepStore(store, header.key());
    this.checkpoints = new Checkpoints(store, header.key(), attempt.observer().said());
    this.curves = new MetricParts(store, header.key(), attempt.id());
    this.output = made(result.resultFolder(attempt.id()).orElse(scratch("output")));
  }

  private Path scratch(String name) {
    return attempt.scratch().resolve(name);
  }

  private static Path made(Path folder) {
    try {
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw new StepFailure(
          ExitCode.NO_SPACE, "Cannot make the folder " + folder + ": " + e.getMessage() + ".", e);
    }
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
    if (now - saidAt >= PROGRESS_MILLIS) {
      saidAt = now;
      result.progress(new Progress(attempt.id(), fraction, doing, now));
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
    return checkpoints
        .newest(scratch("checkpoint"))
        .map(
            found -> {
              attempt.observer().said().accept("goes on from checkpoint " + found.number());
              curves.restore(found.metrics());
              return new Checkpoint(found.number(), found.files());
            });
  }

  @Override
  public void commitCheckpoint(long number, Path files) {
    checkpoints.commit(attempt.id(), number, files, curves.write("checkpoint-" + number));
  }

  /**
   * Makes the output the result of the step.
   *
   * @return what is the result from now on: ours, or that of an attempt that was faster
   */
  public Lookup.Hit publish(StepReport report) {
    return result.publish(
        attempt.id(), output, new Outcome(report, inputs.digests(), curves.write("end")));
  }
}

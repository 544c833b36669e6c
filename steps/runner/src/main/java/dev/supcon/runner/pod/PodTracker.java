package dev.supcon.runner.pod;

import dev.supcon.contract.step.RunContext;
import dev.supcon.services.store.Stores;
import dev.supcon.services.track.FileRunLog;
import dev.supcon.services.track.MlflowRunLog;
import dev.supcon.services.track.MlflowSettings;
import dev.supcon.services.track.RunLog;
import dev.supcon.services.track.RunName;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;

/**
 * The run of the experiment, found by its tags, or made where the operator could not yet.
 *
 * @param stop whether the pod is asked to end
 */
record PodTracker(RunLog log, BooleanSupplier stop) implements AutoCloseable {
  /** What may be told later by the operator must not hold up a pod that is asked to end. */
  private static final Duration LAST_WORDS = Duration.ofSeconds(5);

  private static final Duration PATIENCE = Duration.ofSeconds(40);

  /** Without a server's address, a folder that goes with the pod takes what is told. */
  static RunLog open(PodSettings settings, RunContext run, PodLog log, InstantSource clock) {
    RunName name = new RunName(run.experiment(), run.tags());
    return settings
        .mlflow()
        .<RunLog>map(url -> new MlflowRunLog(mlflow(url, settings, log, clock), name))
        .orElseGet(() -> new FileRunLog(settings.scratch().resolve("log"), name));
  }

  private static MlflowSettings mlflow(
      String url, PodSettings settings, PodLog log, InstantSource clock) {
    return new MlflowSettings(
        url,
        settings.secrets().forMlflow(),
        settings.scratch().resolve("outbox"),
        settings.attempt(),
        (uri, file) -> Stores.upload(uri, file, settings.secrets().forS3()),
        clock,
        log::info);
  }

  @Override
  public void close() {
    Thread closing = Thread.ofPlatform().daemon().name("last words").start(log::close);
    try {
      closing.join(stop.getAsBoolean() ? LAST_WORDS : PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

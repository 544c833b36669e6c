package dev.supcon.runner;

import dev.supcon.runner.local.Tracking;
import dev.supcon.services.store.Stores;
import dev.supcon.services.track.FileRunLog;
import dev.supcon.services.track.MlflowRunLog;
import dev.supcon.services.track.MlflowSettings;
import dev.supcon.services.track.RunLog;
import dev.supcon.services.track.RunName;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where runs and their metrics are told of. */
final class TrackingOptions {
  @Option(names = "--mlflow", paramLabel = "URL", description = "Tracks the run on that server.")
  private @Nullable String mlflow;

  /**
   * Opens the log of a run: on the server that was named, else in files.
   *
   * @param runs folder of results and pages
   * @param say is told what the server does not take
   */
  RunLog open(RunName name, Path runs, Consumer<String> say) {
    return mlflow == null
        ? new FileRunLog(folder(name, runs), name)
        : new MlflowRunLog(
            new MlflowSettings(
                mlflow,
                System.getenv(),
                runs.resolve(".outbox"),
                UUID.randomUUID().toString(),
                Stores::upload,
                InstantSource.system(),
                say),
            name);
  }

  /** One for each plan: another plan's points would stand in the way of these. */
  private static Path folder(RunName name, Path runs) {
    return runs.resolve(name.experiment())
        .resolve("log")
        .resolve(name.tags().getOrDefault(Tracking.PLAN, "run"));
  }
}

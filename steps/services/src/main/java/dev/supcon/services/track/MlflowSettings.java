package dev.supcon.services.track;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * What telling an MLflow server needs.
 *
 * @param url of the tracking server
 * @param environment with the credentials that MLflow's clients read ({@code MLFLOW_TRACKING_*})
 * @param outbox folder for what is not told yet; may be shared by processes
 * @param session unique name of this process among those that share the outbox
 * @param s3 writes a file to a URI {@code s3://bucket/key}
 * @param notice is told in one line that the server is away, or back
 */
public record MlflowSettings(
    String url,
    Map<String, String> environment,
    Path outbox,
    String session,
    BiConsumer<String, Path> s3,
    InstantSource clock,
    Consumer<String> notice) {

  /** Without the environment: this may be logged. */
  @Override
  public String toString() {
    return "MLflow at " + MlflowAddress.of(url, environment);
  }
}

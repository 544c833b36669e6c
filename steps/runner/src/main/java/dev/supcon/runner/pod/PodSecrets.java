package dev.supcon.runner.pod;

import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Credentials out of the files of mounted Secrets. A pod starts without a Secret that is mounted as
 * optional; so the one that is missed can be named here, and no pod hangs.
 */
public final class PodSecrets {
  private static final String S3 = "supcon-s3";
  private static final String MLFLOW = "supcon-mlflow";

  private final Path folder;
  private final Map<String, String> environment;

  PodSecrets(Path folder, Map<String, String> environment) {
    this.folder = folder;
    this.environment = environment;
  }

  /**
   * The environment with the credentials of S3.
   *
   * @throws StepFailure {@code CONFIGURATION} naming the Secret and the key that is missing
   */
  public Map<String, String> forS3() {
    Map<String, String> all = new HashMap<>(environment);
    all.put("SUPCON_S3_ACCESS_KEY", needed("s3/access-key", S3, "access-key"));
    all.put("SUPCON_S3_SECRET_KEY", needed("s3/secret-key", S3, "secret-key"));
    return all;
  }

  /**
   * The environment with the credentials of MLflow, where there are any; many servers ask for none.
   *
   * @throws StepFailure {@code CONFIGURATION} when a user has no password
   */
  public Map<String, String> forMlflow() {
    Map<String, String> all = new HashMap<>(environment);
    read("mlflow/token").ifPresent(token -> all.put("MLFLOW_TRACKING_TOKEN", token));
    read("mlflow/username")
        .ifPresent(
            user -> {
              all.put("MLFLOW_TRACKING_USERNAME", user);
              all.put("MLFLOW_TRACKING_PASSWORD", needed("mlflow/password", MLFLOW, "password"));
            });
    return all;
  }

  private String needed(String file, String secret, String key) {
    return read(file)
        .orElseThrow(
            () ->
                new StepFailure(
                    ExitCode.CONFIGURATION,
                    "The Secret %s of this namespace is missing or has no key %s; it needs the keys %s."
                        .formatted(secret, key, String.join(" and ", keys(secret)))));
  }

  private static List<String> keys(String secret) {
    return secret.equals(S3)
        ? List.of("access-key", "secret-key")
        : List.of("username", "password");
  }

  private Optional<String> read(String file) {
    try {
      return Files.isRegularFile(folder.resolve(file))
          ? Optional.of(Files.readString(folder.resolve(file)).strip()).filter(s -> !s.isEmpty())
          : Optional.empty();
    } catch (IOException e) {
      throw new StepFailure(
          ExitCode.CONFIGURATION,
          "The file %s of a Secret cannot be read: %s.".formatted(folder.resolve(file), e),
          e);
    }
  }
}

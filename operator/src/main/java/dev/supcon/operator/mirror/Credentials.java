package dev.supcon.operator.mirror;

import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * The operator's own credentials, as files that the administrator mounts; read anew each time, so
 * that a rotated Secret needs no restart. The tenants' own are never read: the operator has no
 * right to.
 *
 * @param root with {@code s3/access-key}, {@code s3/secret-key}, {@code mlflow/username}, {@code
 *     mlflow/password} or {@code mlflow/token}
 */
record Credentials(Path root) {

  /** For a store of the tenant, by the names that our S3 client reads. */
  Map<String, String> s3(Whereabouts tenant) {
    Map<String, String> environment = new TreeMap<>();
    put(environment, "SUPCON_S3_ENDPOINT", tenant.s3Endpoint());
    put(environment, "SUPCON_S3_ACCESS_KEY", read("s3/access-key"));
    put(environment, "SUPCON_S3_SECRET_KEY", read("s3/secret-key"));
    return environment;
  }

  /** For a tracking server, by the names that MLflow's clients read. */
  Map<String, String> mlflow() {
    Map<String, String> environment = new TreeMap<>();
    put(environment, "MLFLOW_TRACKING_USERNAME", read("mlflow/username"));
    put(environment, "MLFLOW_TRACKING_PASSWORD", read("mlflow/password"));
    put(environment, "MLFLOW_TRACKING_TOKEN", read("mlflow/token"));
    return environment;
  }

  private static void put(Map<String, String> environment, String name, String value) {
    if (!value.isEmpty()) {
      environment.put(name, value);
    }
  }

  private String read(String name) {
    try {
      return Files.readString(root.resolve(name)).strip();
    } catch (NoSuchFileException e) {
      return "";
    } catch (IOException e) {
      throw new StepFailure(
          ExitCode.CONFIGURATION,
          "The operator's credential %s cannot be read; check its Secret.".formatted(name),
          e);
    }
  }
}

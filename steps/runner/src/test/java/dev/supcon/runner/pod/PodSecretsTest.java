package dev.supcon.runner.pod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PodSecretsTest {
  @TempDir private Path folder;

  private PodSecrets secrets() {
    return new PodSecrets(folder, Map.of("SUPCON_S3_ENDPOINT", "http://s3"));
  }

  private void write(String file, String content) throws IOException {
    Files.createDirectories(folder.resolve(file).getParent());
    Files.writeString(folder.resolve(file), content);
  }

  @Test
  void keysOfAMountedSecretBecomeVariables() throws IOException {
    write("s3/access-key", "me\n");
    write("s3/secret-key", "hush");

    assertThat(secrets().forS3())
        .containsEntry("SUPCON_S3_ACCESS_KEY", "me")
        .containsEntry("SUPCON_S3_SECRET_KEY", "hush")
        .containsEntry("SUPCON_S3_ENDPOINT", "http://s3");
  }

  @Test
  void aSecretThatIsMissingIsNamedWithItsKeys() throws IOException {
    refused(() -> secrets().forS3(), "supcon-s3", "access-key", "secret-key");
    write("s3/access-key", "me");
    refused(() -> secrets().forS3(), "supcon-s3", "has no key secret-key");
  }

  @Test
  void mlflowMayAskForNothing() {
    assertThat(secrets().forMlflow()).containsOnlyKeys("SUPCON_S3_ENDPOINT");
  }

  @Test
  void mlflowsUserNeedsAPassword() throws IOException {
    write("mlflow/username", "me");
    refused(() -> secrets().forMlflow(), "supcon-mlflow", "has no key password");
    write("mlflow/password", "hush");
    assertThat(secrets().forMlflow())
        .containsEntry("MLFLOW_TRACKING_USERNAME", "me")
        .containsEntry("MLFLOW_TRACKING_PASSWORD", "hush");
  }

  @Test
  void mlflowsTokenStandsAlone() throws IOException {
    write("mlflow/token", "abc");
    assertThat(secrets().forMlflow()).containsEntry("MLFLOW_TRACKING_TOKEN", "abc");
  }

  private static void refused(ThrowingCallable call, String... words) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            StepFailure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.CONFIGURATION))
        .satisfies(e -> assertThat(e.getMessage()).contains(words));
  }
}

package dev.supcon.runner.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ResolutionTest {
  @TempDir private Path folder;

  private ExperimentFile experiment(String data) throws IOException {
    Path file = folder.resolve("e.yaml");
    Files.writeString(
        file,
        """
        apiVersion: supcon.dev/v1alpha1
        kind: SupConExperiment
        metadata:
          name: e
        spec:
          data: %s
        """
            .formatted(data));
    return ExperimentFile.read(file, List.of());
  }

  private Resolution resolve(String data, Map<String, Path> given) throws IOException {
    return Resolution.of(experiment(data), given, folder.resolve("digests"));
  }

  private StepFailure refused(String data, Map<String, Path> given) {
    return catchThrowableOfType(StepFailure.class, () -> resolve(data, given));
  }

  private Path source(String name, String content) throws IOException {
    Path source = Files.createDirectories(folder.resolve(name));
    Files.writeString(source.resolve("image"), content);
    return source;
  }

  @Test
  void anEmbeddedDataSetNeedsNoPlace() throws IOException {
    Resolution resolved = resolve("{name: shapes}", Map.of());

    assertThat(resolved.sources()).isEmpty();
    assertThat(resolved.experiment().digests()).containsOnlyKeys("shapes");
  }

  @Test
  void thePlaceOfTheCommandLineWinsOverTheFilesOwn() throws IOException {
    Path written = source("written", "1");
    Path given = source("given", "2");

    assertThat(resolve("{name: d, path: " + written + "}", Map.of("d", given)).sources())
        .containsExactly(Map.entry("d", given));
    assertThat(resolve("{name: d, path: " + written + "}", Map.of()).sources())
        .containsExactly(Map.entry("d", written));
  }

  @Test
  void theDigestIsTheContentsNotThePlaces() throws IOException {
    String one = digest(source("one", "same"));
    String other = digest(source("other", "same"));
    String changed = digest(source("one", "else"));

    assertThat(other).isEqualTo(one);
    assertThat(changed).isNotEqualTo(one);
  }

  private String digest(Path source) throws IOException {
    return resolve("{name: d}", Map.of("d", source)).experiment().digests().getOrDefault("d", "");
  }

  @Test
  void aDataSetThatTheExperimentLacksIsRefusedByName() {
    StepFailure failure = refused("{name: shapes}", Map.of("shape", folder));

    assertThat(failure.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(failure).hasMessageContaining("--data shape=").hasMessageContaining("shapes");
  }

  @Test
  void aDataSetThatNobodyPlacedIsRefusedWithTheOptionToWrite() {
    StepFailure failure = refused("{name: cifar10}", Map.of());

    assertThat(failure.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(failure).hasMessageContaining("--data cifar10=PATH");
  }

  @Test
  void aPlaceThatDoesNotExistIsNamed() {
    StepFailure failure = refused("{name: d}", Map.of("d", folder.resolve("nowhere")));

    assertThat(failure.exitCode()).isEqualTo(ExitCode.NO_INPUT);
    assertThat(failure).hasMessageContaining(folder.resolve("nowhere").toString());
  }
}

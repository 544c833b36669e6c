package dev.supcon.runner.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.supcon.contract.plan.Planner;
import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import dev.supcon.contract.step.StepKey;
import dev.supcon.loopback.LoopbackS3;
import dev.supcon.runner.data.LocalPlace;
import dev.supcon.runner.data.S3Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ResolutionTest {
  @TempDir private Path folder;
  private final LoopbackS3 server = new LoopbackS3();

  @AfterEach
  void stop() {
    server.close();
  }

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
    return Resolution.of(experiment(data), given, server.environment(), folder.resolve("digests"));
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
        .containsExactly(Map.entry("d", new LocalPlace(given)));
    assertThat(resolve("{name: d, path: " + written + "}", Map.of()).sources())
        .containsExactly(Map.entry("d", new LocalPlace(written)));
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
  void aPlaceInS3IsKnownByItsListing() throws IOException {
    server.overwrite("images/pets/train/a/1.png", new byte[] {1});
    String before = s3Digest("s3://images/pets");
    server.overwrite("others/pets/train/a/1.png", new byte[] {1});
    server.overwrite("images/pets/train/a/1.png", new byte[] {2});

    assertThat(s3Digest("s3://others/pets")).isEqualTo(before);
    assertThat(s3Digest("s3://images/pets")).isNotEqualTo(before);
  }

  private String s3Digest(String uri) throws IOException {
    Resolution resolved = resolve("{name: d, s3: " + uri + "}", Map.of());
    assertThat(resolved.sources().get("d")).isInstanceOf(S3Place.class).hasToString(uri);
    return resolved.experiment().digests().getOrDefault("d", "");
  }

  @Test
  void aDigestThatIsPinnedIsNotLookedUp() throws IOException {
    String pinned = "0123456789abcdef".repeat(4);
    Resolution resolved =
        resolve("{name: d, s3: s3://images/nothing, digest: " + pinned + "}", Map.of());

    assertThat(resolved.experiment().digests()).containsExactly(Map.entry("d", pinned));
  }

  private Resolution withWeights(String weights) throws IOException {
    ExperimentFile file = experiment("{}\n  encoder: {initialWeights: {" + weights + "}}");
    return Resolution.of(file, Map.of(), server.environment(), folder.resolve("digests"));
  }

  @Test
  void initialWeightsAreKnownByTheirBytes() throws IOException {
    Path file = Files.writeString(folder.resolve("w.pth"), "abc");
    Resolution local = withWeights("path: " + file);
    StepKey before = Planner.plan(local.experiment()).step("pretrain").key();

    assertThat(local.sources())
        .containsExactly(Map.entry("encoder.initialWeights", new LocalPlace(file)));
    assertThat(local.experiment().digests())
        .containsEntry(
            "encoder.initialWeights",
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"); // FIPS 180-2, B.1

    Path elsewhere = Files.writeString(folder.resolve("v.pth"), "abc");
    StepKey same =
        Planner.plan(withWeights("path: " + elsewhere).experiment()).step("pretrain").key();
    Files.writeString(elsewhere, "abcd");
    StepKey other =
        Planner.plan(withWeights("path: " + elsewhere).experiment()).step("pretrain").key();

    assertThat(same).isEqualTo(before);
    assertThat(other).isNotEqualTo(before);
  }

  @Test
  void initialWeightsInS3AreKnownByWhatTheSpecSays() throws IOException {
    String pinned = "0123456789abcdef".repeat(4);
    Resolution resolved = withWeights("s3: s3://weights/w.pth, sha256: " + pinned);

    assertThat(resolved.sources().get("encoder.initialWeights"))
        .isInstanceOf(S3Place.class)
        .hasToString("s3://weights/w.pth");
    assertThat(resolved.experiment().digests()).doesNotContainKey("encoder.initialWeights");
    assertThat(Planner.plan(resolved.experiment()).step("pretrain").request().toString())
        .contains("sha256=" + pinned);
  }

  @Test
  void initialWeightsThatAreNotThereAreRefusedByTheirField() {
    assertThatThrownBy(() -> withWeights("path: " + folder.resolve("none.pth")))
        .isInstanceOfSatisfying(
            StepFailure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.NO_INPUT))
        .hasMessageMatching("spec.encoder.initialWeights.path: .*none.pth is no file.");
  }

  @Test
  void theWordForARerunComesFromTheFile() throws IOException {
    Path file = folder.resolve("again.yaml");
    Files.writeString(
        file,
        """
        apiVersion: supcon.dev/v1alpha1
        kind: SupConExperiment
        metadata: {name: e}
        spec: {rerun: {token: again}}
        """);
    Resolution resolved =
        Resolution.of(ExperimentFile.read(file, List.of()), Map.of(), Map.of(), folder);

    assertThat(resolved.experiment().rerunToken()).hasValue("again");
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

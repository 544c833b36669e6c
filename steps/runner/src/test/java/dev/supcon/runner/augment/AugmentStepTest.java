package dev.supcon.runner.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.supcon.contract.spec.DataFormat;
import dev.supcon.contract.spec.DataSpec;
import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import dev.supcon.contract.step.StepHeader;
import dev.supcon.contract.step.StepKey;
import dev.supcon.contract.step.StepKind;
import dev.supcon.contract.step.StepReport;
import dev.supcon.contract.step.StepRequest;
import dev.supcon.runner.data.CounterRandom;
import dev.supcon.runner.data.LocalPlace;
import dev.supcon.runner.data.PackedData;
import dev.supcon.runner.data.SourceDigest;
import dev.supcon.runner.data.SourcePlace;
import dev.supcon.runner.workspace.FolderWorkspace;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AugmentStepTest {
  private static final DataSpec TINY =
      new DataSpec("tiny", DataFormat.IMAGE_FOLDER, null, null, null, 16, 0.25);

  @TempDir private Path root;
  private Path source = Path.of("");

  @BeforeEach
  void writeImages() throws IOException {
    source = root.resolve("source");
    for (String name : List.of("train/a", "train/b", "test/a", "test/b")) {
      Path images = Files.createDirectories(source.resolve(name));
      for (int i = 0; i < 8; i++) {
        BufferedImage image = new BufferedImage(20, 16, BufferedImage.TYPE_INT_RGB);
        for (int pixel = 0; pixel < 320; pixel++) {
          long key = CounterRandom.key(i, name.hashCode());
          image.setRGB(pixel % 20, pixel / 20, CounterRandom.below(key, pixel, 1 << 24));
        }
        ImageIO.write(image, "jpeg", images.resolve(i + ".jpg").toFile());
      }
    }
  }

  @Test
  void aSourceBecomesAPackedDataSetAndAReport() throws IOException {
    FolderWorkspace workspace = new FolderWorkspace(root);
    StepReport report = AugmentStep.run(request(), Optional.of(new LocalPlace(source)), workspace);
    assertThat(report.kind()).isEqualTo(StepKind.AUGMENT);
    assertThat(report.facts())
        .containsEntry("train images", "12")
        .containsEntry("holdout images", "4")
        .containsEntry("test images", "16")
        .containsEntry("classes", "a, b")
        .containsEntry("image size", "16 x 16")
        .containsEntry("decoder", SourceDigest.DECODER)
        .containsEntry("equal images", "none");
    try (PackedData data = PackedData.open(workspace.output())) {
      assertThat(data.index().digest()).isEqualTo(report.facts().get("digest"));
      assertThat(data.train().labels()).containsExactly(0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1);
    }
    assertThat(workspace.said()).startsWith("reading");
  }

  @Test
  void aTestImageThatIsLearntFromIsAWarning() throws IOException {
    Files.copy(source.resolve("train/a/0.jpg"), source.resolve("test/a/leak.jpg"));
    StepReport report =
        AugmentStep.run(request(), Optional.of(new LocalPlace(source)), new FolderWorkspace(root));
    assertThat(report.facts().get("warning"))
        .contains("test images that are learnt from, too: 1 (test/a/leak.jpg = train/a/0.jpg)");
  }

  @Test
  void aCorruptImageEndsTheStepAndLeavesNothingWhole() throws IOException {
    Path image = source.resolve("train/b/3.jpg");
    byte[] bytes = Files.readAllBytes(image);
    Files.write(image, Arrays.copyOf(bytes, bytes.length - 30));
    refused(
        ExitCode.DATA,
        request(),
        "Data set tiny has 1 files that cannot be used; repair or remove them",
        "train/b/3.jpg is cut off");
  }

  @Test
  void aSourceThatChangedSinceThePlanIsRefused() throws IOException {
    StepRequest.Augment planned = request();
    Files.copy(source.resolve("train/a/0.jpg"), source.resolve("train/a/9.jpg"));
    refused(ExitCode.DATA, planned, source.toString(), "has changed", "plan and run again");
  }

  /** Size and time say nothing: it is what was read that is compared. */
  @Test
  void aChangeThatOnlyTheBytesShowIsRefused() throws IOException {
    StepRequest.Augment planned = request();
    Path one = source.resolve("train/a/0.jpg");
    Path other = source.resolve("train/a/1.jpg");
    byte[] aside = Files.readAllBytes(one);
    Files.write(one, Files.readAllBytes(other));
    Files.write(other, aside);
    refused(ExitCode.DATA, planned, source.toString(), "has changed");
  }

  /** A file that is no image is of the data set's digest, too. */
  @Test
  void aChangeOfWhatIsNotReadIsRefused() throws IOException {
    Files.writeString(source.resolve("README.md"), "eight images of each kind");
    StepRequest.Augment planned = request();
    Files.writeString(source.resolve("README.md"), "nine images of each kind");
    refused(ExitCode.DATA, planned, source.toString(), "has changed");
  }

  /** While files are listed, images packed, pixels read back. */
  @Test
  void askedToStopItEndsAtOnceAndLeavesNothingWhole() {
    FolderWorkspace whole = new FolderWorkspace(root.resolve("whole"));
    AugmentStep.run(request(), Optional.of(new LocalPlace(source)), whole);
    assertThat(whole.questions()).isGreaterThan(3 * 32);
    for (long when : new long[] {0, whole.questions() / 2, whole.questions() - 1}) {
      FolderWorkspace stopped =
          new FolderWorkspace(root.resolve("stopped" + when), asked -> asked == when);
      assertThatThrownBy(
              () -> AugmentStep.run(request(), Optional.of(new LocalPlace(source)), stopped))
          .hasMessage("stopped while images were packed; start it again to go on")
          .isInstanceOfSatisfying(
              StepFailure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.RESUME));
      assertThat(stopped.questions()).isEqualTo(when + 1);
      assertThatThrownBy(() -> PackedData.open(stopped.output()))
          .isInstanceOfSatisfying(
              StepFailure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.NO_INPUT));
    }
  }

  @Test
  void aRequestForAnotherDecoderIsRefused() {
    StepRequest.Augment planned = request();
    refused(
        ExitCode.CONFIGURATION,
        new StepRequest.Augment(planned.header(), TINY, planned.digest(), "turbojpeg-1"),
        "turbojpeg-1",
        SourceDigest.DECODER,
        "use the runner that the plan was made for");
  }

  @Test
  void aRequestForOtherEmbeddedImagesIsRefused() {
    DataSpec shapes = new DataSpec("shapes", DataFormat.SHAPES, null, null, null, 16, 0.1);
    refused(
        ExitCode.CONFIGURATION,
        request(shapes, "0".repeat(64)),
        "another version of the images of shapes",
        "use the runner that the plan was made for");
  }

  /** As the planner asks for them. */
  @Test
  void embeddedImagesAreOfNoDecoder() {
    DataSpec shapes = new DataSpec("shapes", DataFormat.SHAPES, null, null, null, 16, 0.1);
    StepRequest.Augment planned = request(shapes, SourceDigest.ofEmbedded(DataFormat.SHAPES));
    StepRequest.Augment none =
        new StepRequest.Augment(planned.header(), shapes, planned.digest(), "none");

    StepReport report = AugmentStep.run(none, Optional.empty(), new FolderWorkspace(root));
    assertThat(report.facts()).containsEntry("decoder", "none");
  }

  @Test
  void aSourceThatIsGoneIsNoInput() {
    StepRequest.Augment planned = request();
    FolderWorkspace workspace = new FolderWorkspace(root);
    LocalPlace gone = new LocalPlace(root.resolve("gone"));
    assertThatThrownBy(() -> AugmentStep.run(planned, Optional.of(gone), workspace))
        .isInstanceOfSatisfying(
            StepFailure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.NO_INPUT))
        .hasMessageContaining("does not exist");
  }

  private void refused(ExitCode code, StepRequest.Augment request, String... words) {
    FolderWorkspace workspace = new FolderWorkspace(root);
    Optional<SourcePlace> place =
        request.data().format().embedded() ? Optional.empty() : Optional.of(new LocalPlace(source));
    assertThatThrownBy(() -> AugmentStep.run(request, place, workspace))
        .isInstanceOfSatisfying(StepFailure.class, e -> assertThat(e.exitCode()).isEqualTo(code))
        .satisfies(e -> assertThat(e.getMessage()).contains(words));
    assertThatThrownBy(() -> PackedData.open(workspace.output()))
        .isInstanceOfSatisfying(
            StepFailure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.NO_INPUT));
  }

  private StepRequest.Augment request() {
    return request(TINY, SourceDigest.of(source, root.resolve("cache")));
  }

  private static StepRequest.Augment request(DataSpec data, String digest) {
    StepKey key = new StepKey("0".repeat(64));
    StepHeader header =
        new StepHeader("tiny", "augment", key, StepKind.AUGMENT.codeVersion(), 1, Map.of());
    return new StepRequest.Augment(header, data, digest, SourceDigest.DECODER);
  }
}

package dev.supcon.runner.corruption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import dev.supcon.contract.spec.Architecture;
import dev.supcon.contract.spec.CorruptionSpec;
import dev.supcon.contract.spec.CorruptionType;
import dev.supcon.contract.spec.DataFormat;
import dev.supcon.contract.spec.DataSpec;
import dev.supcon.contract.spec.EncoderSpec;
import dev.supcon.contract.spec.Precision;
import dev.supcon.contract.spec.Stem;
import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import dev.supcon.contract.step.StepHeader;
import dev.supcon.contract.step.StepKey;
import dev.supcon.contract.step.StepReport;
import dev.supcon.contract.step.StepRequest;
import dev.supcon.runner.data.CounterRandom;
import dev.supcon.runner.data.PackedIndex;
import dev.supcon.runner.data.Packing;
import dev.supcon.runner.data.Parts;
import dev.supcon.runner.network.Head;
import dev.supcon.runner.network.Network;
import dev.supcon.runner.network.NetworkSpec;
import dev.supcon.runner.probe.FeatureExtractor;
import dev.supcon.runner.probe.Features;
import dev.supcon.runner.probe.LinearClassifier;
import dev.supcon.runner.torchscript.TorchEngine;
import dev.supcon.runner.train.EncoderFile;
import dev.supcon.runner.train.FrozenEncoder;
import dev.supcon.runner.train.TinyEvaluation;
import dev.supcon.runner.view.PlainBatches;
import dev.supcon.runner.workspace.FolderWorkspace;
import dev.supcon.runner.workspace.TemporaryFolder;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorruptionStepTest {
  private static final EncoderSpec ENCODER =
      new EncoderSpec(Architecture.RESNET18, Stem.CIFAR, 0.125, Precision.FP32);

  @TempDir private Path root;

  @BeforeEach
  void makeInputs() throws IOException {
    writeImages(root.resolve("source"));
    DataSpec spec = new DataSpec("tiny", DataFormat.IMAGE_FOLDER, null, null, null, 16, 0.25);
    Path folder = Files.createDirectories(root.resolve("data"));
    PackedIndex index =
        Packing.pack(spec, Optional.of(root.resolve("source")), folder, done -> {}).index();
    NetworkSpec network = new NetworkSpec(ENCODER, new Head.None(), index.mean(), index.std());
    try (NDManager manager = TorchEngine.newManager();
        Network encoder = Network.create(network, 1, manager)) {
      Files.createDirectories(root.resolve("encoder"));
      EncoderFile.write(root.resolve("encoder").resolve(EncoderFile.NAME), encoder, index, 1);
      writeClassifier(encoder.featureWidth(), 2);
    }
  }

  @Test
  void everyCellIsEvaluatedAndStoppingChangesNothing() {
    StepReport whole = CorruptionStep.run(request(1, 3, 5), new FolderWorkspace(root));
    assertThat(whole.metrics().keySet().stream().filter(name -> name.endsWith(".error")))
        .hasSize(12);
    assertThat(whole.facts()).containsEntry("corruption parameters", "cifar");
    assertThat(root.resolve("output").resolve(ErrorTable.FILE)).exists();

    FolderWorkspace stopping = new FolderWorkspace(root, question -> question == 4);
    assertThatThrownBy(() -> CorruptionStep.run(request(1, 3, 5), stopping))
        .isInstanceOfSatisfying(
            StepFailure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.RESUME));
    assertThat(stopping.newestCheckpoint()).get().extracting("number").isEqualTo(4L);
    assertThat(CorruptionStep.run(request(1, 3, 5), stopping)).isEqualTo(whole);
  }

  /** A cell goes over many batches; it is begun again, and what was known before is kept. */
  @Test
  void askedToStopInACellItKeepsTheOnesBefore() throws IOException {
    new TemporaryFolder(root.resolve("data")).close();
    int[] threeBatches = TinyEvaluation.labels(600, i -> i % 2);
    new TinyEvaluation(root).data(2, 16, new Parts<>(new int[2], new int[2], threeBatches));
    StepReport whole = CorruptionStep.run(request(1, 3), new FolderWorkspace(root));

    FolderWorkspace stopping = new FolderWorkspace(root, question -> question == 7);
    assertThatThrownBy(() -> CorruptionStep.run(request(1, 3), stopping))
        .hasMessage("stopped while corrupted images were classified; start it again to go on");
    assertThat(stopping.newestCheckpoint()).get().extracting("number").isEqualTo(2L);
    assertThat(CorruptionStep.run(request(1, 3), stopping)).isEqualTo(whole);
  }

  @Test
  void aClassifierThatNormalisesItsInputSeesUnitFeaturesHere() {
    FolderWorkspace workspace = new FolderWorkspace(root);
    Path file = root.resolve("classifier").resolve(LinearClassifier.FILE);
    LinearClassifier plain = LinearClassifier.read(file);
    new LinearClassifier(plain.weights(), plain.bias(), 1, true).write(file);

    try (FrozenClassifier frozen = FrozenClassifier.open(workspace, ENCODER);
        FrozenEncoder encoder = FrozenEncoder.open(workspace, ENCODER)) {
      Features test = new FeatureExtractor(encoder.network(), () -> {}).of(encoder.data().test());
      assertThat(frozen.predict(PlainBatches.Transform.NONE, () -> {}).logits())
          .containsExactly(plain.predict(test.unitRows()).logits())
          .isNotEqualTo(plain.predict(test).logits());
    }
  }

  @Test
  void aClassifierOfOtherDataIsRefused() {
    writeClassifier(7, 3);
    assertThatThrownBy(() -> CorruptionStep.run(request(1), new FolderWorkspace(root)))
        .isInstanceOf(StepFailure.class)
        .hasMessageContaining("7 features for 3 classes");
  }

  private static StepRequest.Corruption request(Integer... severities) {
    StepHeader header =
        new StepHeader("tiny", "corruption", new StepKey("0".repeat(64)), 1, 5, Map.of());
    List<CorruptionType> types =
        List.of(
            CorruptionType.GAUSSIAN_NOISE, CorruptionType.DEFOCUS_BLUR, CorruptionType.CONTRAST);
    return new StepRequest.Corruption(
        header, ENCODER, new CorruptionSpec(types, List.of(severities)));
  }

  private void writeClassifier(int width, int classes) {
    float[] weights = new float[classes * width];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) CounterRandom.normal(8, i);
    }
    Path folder = root.resolve("classifier");
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    new LinearClassifier(weights, new float[classes], 1)
        .write(folder.resolve(LinearClassifier.FILE));
  }

  private static void writeImages(Path folder) throws IOException {
    for (String name : List.of("train/a", "train/b", "test/a", "test/b")) {
      Path images = Files.createDirectories(folder.resolve(name));
      for (int i = 0; i < 8; i++) {
        BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
        for (int pixel = 0; pixel < 256; pixel++) {
          int noise =
              CounterRandom.below(
                  CounterRandom.key(i, name.length(), name.hashCode()), pixel, 1 << 24);
          image.setRGB(pixel % 16, pixel / 16, noise);
        }
        ImageIO.write(image, "png", images.resolve(i + ".png").toFile());
      }
    }
  }
}

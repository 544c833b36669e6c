package dev.supcon.runner.weights;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import dev.supcon.contract.spec.Architecture;
import dev.supcon.contract.spec.EncoderSpec;
import dev.supcon.contract.spec.EncoderVariant;
import dev.supcon.contract.spec.Precision;
import dev.supcon.contract.spec.Stem;
import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import dev.supcon.runner.GoldenFile;
import dev.supcon.runner.checkpoint.SafeTensors;
import dev.supcon.runner.checkpoint.TensorBytes;
import dev.supcon.runner.network.Head;
import dev.supcon.runner.network.MadeNumbers;
import dev.supcon.runner.network.Network;
import dev.supcon.runner.network.NetworkSpec;
import dev.supcon.runner.network.TensorSpec;
import dev.supcon.runner.torchscript.Tensors;
import dev.supcon.runner.torchscript.TorchEngine;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code dev/oracles/weights_golden.py} had PyTorch and safetensors write the files. */
final class EncoderWeightsTest {
  private static final List<Double> ZERO = List.of(0.0, 0.0, 0.0);
  private static final List<Double> BYTE = List.of(1 / 255.0, 1 / 255.0, 1 / 255.0);
  private static final MadeNumbers MADE = MadeNumbers.MIXED;

  static Path golden(String name) {
    return Path.of("src/test/resources/golden/weights", name);
  }

  /** ResNet-50 is the file whose every number would else be too large for the repository. */
  static EncoderSpec encoder(String name) {
    return switch (name) {
      case "legacy.pth" ->
          new EncoderSpec(Architecture.RESNET50, Stem.IMAGENET, 1 / 64.0, Precision.FP32);
      case "authors.pth" ->
          new EncoderSpec(Architecture.RESNET18, Stem.CIFAR, 1 / 32.0, Precision.FP32);
      default -> new EncoderSpec(Architecture.RESNET18, Stem.IMAGENET, 1 / 32.0, Precision.FP32);
    };
  }

  private static NetworkSpec network(EncoderSpec encoder) {
    return new NetworkSpec(encoder, new Head.None(), ZERO, BYTE);
  }

  private static float[] made(TensorSpec spec) {
    return switch (spec.role()) {
      case CONV_WEIGHT -> MADE.convolution(spec);
      case NORM_WEIGHT, RUNNING_VARIANCE -> MADE.values(spec.name(), spec.size(), 0.5, 1);
      case NORM_BIAS, RUNNING_MEAN -> MADE.values(spec.name(), spec.size(), 0.2, 0);
      case LINEAR_WEIGHT, LINEAR_BIAS -> throw new AssertionError("an encoder has none");
    };
  }

  /**
   * @param leftOut the classifier's two tensors, the head's four, the key encoder and queue, and
   *     one counter of each normalisation
   */
  @ParameterizedTest
  @CsvSource({
    "torchvision.pth, 22",
    "legacy.pth, 55",
    "python2.pth, 2",
    "authors.pth, 24",
    "moco.pth, 146",
    "timm.safetensors, 22"
  })
  void everyValueIsTheOneThatWasSaved(String name, int leftOut) {
    EncoderWeights read = EncoderWeights.read(golden(name), encoder(name));

    List<TensorSpec> tensors = Network.tensors(network(encoder(name)));
    assertThat(read.values()).hasSameSizeAs(tensors);
    for (TensorSpec tensor : tensors) {
      assertThat(read.values().get(tensor.name())).as(tensor.name()).isEqualTo(made(tensor));
    }
    assertThat(read.leftOut()).isEqualTo(leftOut);
    assertThat(read.pixels()).isEmpty();
  }

  /** Steps between elements, parts of storages, and every floating-point type. */
  @Test
  void aTensorIsReadAsPyTorchLooksAtIt() {
    Map<String, float[]> expected = new HashMap<>();
    EncoderSpec encoder = encoder("strided.pth");
    Network.tensors(network(encoder)).forEach(spec -> expected.put(spec.name(), made(spec)));
    expected.put("bn1.bias", new float[] {0.125f, 0.125f});
    rounded(expected, "layer3.0.conv1.weight", v -> Float.float16ToFloat(Float.floatToFloat16(v)));
    rounded(expected, "layer3.1.conv1.weight", EncoderWeightsTest::bfloat16);

    Map<String, float[]> read = EncoderWeights.read(golden("strided.pth"), encoder).values();
    assertThat(read.keySet()).isEqualTo(expected.keySet());
    expected.forEach((name, values) -> assertThat(read.get(name)).as(name).isEqualTo(values));
  }

  private interface Rounding {
    float of(float value);
  }

  private static void rounded(Map<String, float[]> tensors, String name, Rounding rounding) {
    float[] values = requireNonNull(tensors.get(name));
    for (int i = 0; i < values.length; i++) {
      values[i] = rounding.of(values[i]);
    }
  }

  /** To the nearest, ties to even. */
  private static float bfloat16(float value) {
    int bits = Float.floatToRawIntBits(value);
    return Float.intBitsToFloat(bits + 0x7FFF + (bits >>> 16 & 1) & 0xFFFF0000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"torchvision.pth", "legacy.pth", "authors.pth"})
  void featuresAreTheirs(String name) {
    EncoderSpec encoder = encoder(name);
    int side = encoder.stem() == Stem.CIFAR ? 16 : 64;
    float[] theirs =
        GoldenFile.floats(
            GoldenFile.read("weights").path("features").path(name.replace(".pth", "")));
    try (NDManager manager = TorchEngine.newManager();
        Network network = Network.create(network(encoder), 1, manager)) {
      network.load(EncoderWeights.read(golden(name), encoder).values());
      float[] ours =
          network
              .output(Tensors.floats(manager, MADE.images("input", side), 4, side, side, 3))
              .toFloatArray();

      float largest = 0;
      for (float value : theirs) {
        largest = Math.max(largest, Math.abs(value));
      }
      assertThat(ours).hasSameSizeAs(theirs);
      for (int i = 0; i < ours.length; i++) {
        assertThat(ours[i]).isCloseTo(theirs[i], within(1e-5f * largest));
      }
    }
  }

  @Test
  void anotherNetworkIsRefusedByWhatDiffersAndWhatToDo() {
    EncoderSpec cifar =
        new EncoderSpec(Architecture.RESNET18, Stem.CIFAR, 1 / 32.0, Precision.FP32);
    EncoderSpec deeper =
        new EncoderSpec(Architecture.RESNET34, Stem.IMAGENET, 1 / 32.0, Precision.FP32);
    EncoderSpec authors =
        new EncoderSpec(
            Architecture.RESNET18,
            Stem.IMAGENET,
            1 / 32.0,
            Precision.FP32,
            EncoderVariant.AUTHORS_TF,
            null);

    assertThat(refusal(golden("torchvision.pth"), cifar))
        .contains("has with another shape or type conv1.weight F32[2, 3, 7, 7]")
        .contains("instead of [2, 3, 3, 3]; write the architecture, stem, width and variant");
    assertThat(refusal(golden("torchvision.pth"), deeper))
        .contains("lacks layer1.2.conv1.weight, layer1.2.bn1.weight", " more; write the");
    assertThat(refusal(golden("legacy.pth"), encoder("torchvision.pth")))
        .contains("has besides layer1.0.bn3.bias");
    assertThat(refusal(golden("torchvision.pth"), authors))
        .contains("lacks layer1.0.downsample.0.weight");
  }

  /** An encoder of our own says more of itself than its tensors do. */
  @Test
  void anEncoderOfOursBringsItsPixelsAndIsRefusedWhereItsVariantDiffers(@TempDir Path folder) {
    EncoderSpec encoder = encoder("torchvision.pth");
    Map<String, TensorBytes> tensors = new TreeMap<>();
    for (TensorSpec spec : Network.tensors(network(encoder))) {
      long[] shape = spec.shape().stream().mapToLong(Long::longValue).toArray();
      tensors.put(spec.name(), TensorBytes.of(made(spec), shape));
    }
    Path file = folder.resolve("encoder.safetensors");
    Map<String, String> words =
        Map.of("variant", "torchvision", "mean", "[0.1,0.2,0.3]", "std", "[0.4,0.5,0.6]");
    new SafeTensors(words, new TreeMap<>(tensors)).write(file);

    assertThat(EncoderWeights.read(file, encoder).pixels())
        .hasValue(new PixelMoments(List.of(0.1, 0.2, 0.3), List.of(0.4, 0.5, 0.6)));

    new SafeTensors(Map.of("variant", "authorsTf"), new TreeMap<>(tensors)).write(file);
    assertThat(refusal(file, encoder))
        .contains("it was made with variant authorsTf, encoder.variant is torchvision");

    new SafeTensors(Map.of("mean", "[0.1,null,0.3]"), new TreeMap<>(tensors)).write(file);
    assertThat(refusal(file, encoder)).contains("its metadata has no mean of three channels");
  }

  @Test
  void aFileThatIsNotThereIsNoInput(@TempDir Path folder) {
    assertThatThrownBy(
            () -> EncoderWeights.read(folder.resolve("none.pth"), encoder("torchvision.pth")))
        .isInstanceOfSatisfying(
            StepFailure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.NO_INPUT))
        .hasMessageContaining("There is no file");
  }

  /** The sentence with which a file is refused. */
  static String refusal(Path file, EncoderSpec encoder) {
    try {
      EncoderWeights.read(file, encoder);
    } catch (StepFailure e) {
      assertThat(e.exitCode()).isEqualTo(ExitCode.DATA);
      return requireNonNull(e.getMessage());
    }
    throw new AssertionError(file + " was not refused");
  }
}

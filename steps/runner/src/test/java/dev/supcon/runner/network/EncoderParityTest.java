package dev.supcon.runner.network;

import static dev.supcon.runner.network.GoldenTensors.same;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.supcon.contract.spec.Architecture;
import dev.supcon.contract.spec.EncoderSpec;
import dev.supcon.contract.spec.EncoderVariant;
import dev.supcon.contract.spec.Precision;
import dev.supcon.contract.spec.Stem;
import dev.supcon.runner.GoldenFile;
import dev.supcon.runner.network.ForwardText.Arithmetic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every encoder against torchvision's and timm's; {@code dev/oracles/encoders_golden.py} made the
 * numbers. In fp64 both are the same function; fp32 and bf16 are then compared with our own fp64,
 * tensor by tensor. The authors' variant against {@code dev/oracles/authors_golden.py}.
 */
class EncoderParityTest {
  private static final double SINGLE = 1e-4;
  private static final int DRAWS = 5;

  @ParameterizedTest
  @CsvSource({
    "RESNET18, IMAGENET", "RESNET18, CIFAR", "RESNET34, IMAGENET", "RESNET34, CIFAR",
    "RESNET50, IMAGENET", "RESNET50, CIFAR", "RESNET101, IMAGENET", "RESNET101, CIFAR",
    "RESNET152, IMAGENET", "RESNET152, CIFAR", "RESNET200, IMAGENET", "RESNET200, CIFAR"
  })
  void featuresGradientsAndRunningStatisticsAreTheirs(Architecture architecture, Stem stem)
      throws IOException {
    NetworkSpec spec = spec(architecture, stem, 0.125);
    int side = stem == Stem.CIFAR ? 16 : 64;
    MeasuredEncoder exact = MeasuredEncoder.of(spec, Arithmetic.FP64, "input", side);
    JsonNode golden =
        GoldenFile.read("encoders").path("encoders").path(lower(architecture + "-" + stem));

    same("trained", exact.trained(), golden.path("trained"));
    same("evaluated", exact.evaluated(), golden.path("evaluated"));
    same(exact.gradients(), golden.path("gradients"));
    same(exact.statistics(), golden.path("statistics"));
    assertSingleIsNear(spec, side);

    MeasuredEncoder half = MeasuredEncoder.of(spec, Arithmetic.BF16, "input", side);
    JsonNode autocast = golden.path("autocast");
    assertThat(distance(exact.trained(), half.trained()))
        .isLessThan(2 * autocast.path("trained").asDouble());
    assertThat(distance(exact.evaluated(), half.evaluated()))
        .isLessThan(2 * autocast.path("evaluated").asDouble());
    double squares = distances(exact, half).map(d -> d * d).average().orElseThrow();
    assertThat(Math.sqrt(squares)).isLessThan(2 * autocast.path("gradients").asDouble());
  }

  /**
   * Of some images one has no value so near to 0 that a ReLU opens in fp32 and not in fp64, which
   * alone would change a gradient by some percent.
   */
  private static void assertSingleIsNear(NetworkSpec spec, int side) {
    double nearest = Double.POSITIVE_INFINITY;
    for (int draw = 0; draw < DRAWS && nearest > SINGLE; draw++) {
      MeasuredEncoder exact = MeasuredEncoder.of(spec, Arithmetic.FP64, "input" + draw, side);
      MeasuredEncoder single = MeasuredEncoder.of(spec, Arithmetic.FP32, "input" + draw, side);
      assertThat(distance(exact.trained(), single.trained())).isLessThan(SINGLE);
      assertThat(distance(exact.evaluated(), single.evaluated())).isLessThan(SINGLE);
      nearest = Math.min(nearest, distances(exact, single).max().orElseThrow());
    }
    assertThat(nearest).isLessThan(SINGLE);
  }

  /** 66 pixels are 33 before the max pool: SAME adds on both sides of an odd image. */
  @ParameterizedTest
  @CsvSource({
    "RESNET18, IMAGENET, 64",
    "RESNET18, IMAGENET, 66",
    "RESNET18, CIFAR, 16",
    "RESNET50, IMAGENET, 64",
    "RESNET50, CIFAR, 16"
  })
  void theAuthorsVariantIsTheirs(Architecture architecture, Stem stem, int side)
      throws IOException {
    EncoderSpec encoder =
        new EncoderSpec(architecture, stem, 0.125, Precision.FP32, EncoderVariant.AUTHORS_TF, null);
    NetworkSpec spec = spec(encoder);
    MeasuredEncoder exact = MeasuredEncoder.of(spec, Arithmetic.FP64, "input", side);
    JsonNode golden =
        GoldenFile.read("authors")
            .path("encoders")
            .path(lower(architecture + "-" + stem + "-" + side));

    same("trained", exact.trained(), golden.path("trained"));
    same("evaluated", exact.evaluated(), golden.path("evaluated"));
    same(exact.gradients(), golden.path("gradients"));
    same(exact.statistics(), golden.path("statistics"));
  }

  @ParameterizedTest
  @EnumSource(names = {"RESNET152", "RESNET200"})
  void namesAndShapesOfTheDeepestAreTimms(Architecture architecture) throws Exception {
    NetworkText text = NetworkText.of(spec(architecture, Stem.IMAGENET, 1));
    String lines =
        Stream.concat(text.parameters().stream(), text.buffers().stream())
            .map(tensor -> tensor.name() + " " + sizes(tensor) + "\n")
            .sorted()
            .collect(Collectors.joining());
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(lines.getBytes(StandardCharsets.UTF_8));

    assertThat(HexFormat.of().formatHex(digest))
        .isEqualTo(
            GoldenFile.read("encoders").path("structure").path(lower(architecture)).asText());
  }

  private static String sizes(TensorSpec tensor) {
    return tensor.shape().stream().map(String::valueOf).collect(Collectors.joining("x"));
  }

  private static NetworkSpec spec(Architecture architecture, Stem stem, double width) {
    return spec(new EncoderSpec(architecture, stem, width, Precision.FP32));
  }

  private static NetworkSpec spec(EncoderSpec encoder) {
    List<Double> unused = List.of(0.0, 0.0, 0.0);
    return new NetworkSpec(encoder, new Head.None(), unused, unused);
  }

  /** Of each parameter, how far its gradient is. */
  private static DoubleStream distances(MeasuredEncoder exact, MeasuredEncoder other) {
    return exact.gradients().entrySet().stream()
        .mapToDouble(
            g -> distance(g.getValue(), requireNonNull(other.gradients().get(g.getKey()))));
  }

  /** Norm of the difference over the norm. */
  private static double distance(double[] exact, double[] other) {
    double[] difference = new double[exact.length];
    for (int i = 0; i < exact.length; i++) {
      difference[i] = exact[i] - other[i];
    }
    return MadeNumbers.norm(difference) / MadeNumbers.norm(exact);
  }

  private static String lower(Object word) {
    return word.toString().toLowerCase(Locale.ROOT);
  }
}

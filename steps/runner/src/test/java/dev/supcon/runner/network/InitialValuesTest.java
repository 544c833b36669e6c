package dev.supcon.runner.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.supcon.contract.spec.Architecture;
import dev.supcon.contract.spec.EncoderSpec;
import dev.supcon.contract.spec.EncoderVariant;
import dev.supcon.contract.spec.Precision;
import dev.supcon.contract.spec.Stem;
import dev.supcon.runner.network.TensorSpec.Role;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InitialValuesTest {
  /** 18 inputs and 63,000 outputs of each value; tolerances are four standard errors. */
  private static final TensorSpec CONVOLUTION =
      new TensorSpec("layer1.0.conv1.weight", Role.CONV_WEIGHT, 0, List.of(7000L, 2L, 3L, 3L));

  /** Variance 1 / fan-in after the cut at two deviations of what is cut. */
  @Test
  void theAuthorsConvolutionsAreTruncatedNormalByFanIn() {
    float[] values = InitialValues.of(spec(EncoderVariant.AUTHORS_TF), CONVOLUTION, 3);

    assertThat(deviation(values)).isCloseTo(Math.sqrt(1 / 18.0), within(0.0016));
    double bound = 2 * Math.sqrt(1 / 18.0) / 0.8796256610342398;
    double largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    assertThat(largest).isBetween(0.99 * bound, bound + 1e-6);
  }

  @Test
  void torchvisionsConvolutionsAreNormalByFanOut() {
    float[] values = InitialValues.of(spec(EncoderVariant.TORCHVISION), CONVOLUTION, 3);

    assertThat(deviation(values)).isCloseTo(Math.sqrt(2 / 63_000.0), within(5e-5));
  }

  @ParameterizedTest
  @CsvSource({"RESNET18, bn2", "RESNET50, bn3"})
  void theNormalisationThatEndsABlockBeginsAtZeroInTheAuthorsVariantOnly(
      Architecture architecture, String last) {
    for (EncoderVariant variant : List.of(EncoderVariant.TORCHVISION, EncoderVariant.AUTHORS_TF)) {
      EncoderSpec encoder =
          new EncoderSpec(architecture, Stem.IMAGENET, 0.125, Precision.FP32, variant, null);
      NetworkSpec network =
          new NetworkSpec(encoder, new Head.None(), List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0));
      for (TensorSpec tensor : NetworkText.of(network).parameters()) {
        if (tensor.role() == Role.NORM_WEIGHT) {
          boolean ends = tensor.name().matches("layer\\d\\.\\d\\." + last + "\\.weight");
          float expected = ends && variant == EncoderVariant.AUTHORS_TF ? 0 : 1;
          assertThat(InitialValues.of(encoder, tensor, 3)).as(tensor.name()).containsOnly(expected);
        }
      }
    }
  }

  private static EncoderSpec spec(EncoderVariant variant) {
    return new EncoderSpec(Architecture.RESNET18, Stem.CIFAR, 1.0, Precision.FP32, variant, null);
  }

  private static double deviation(float[] values) {
    double squares = 0;
    for (float value : values) {
      squares += value * value;
    }
    return Math.sqrt(squares / values.length);
  }
}

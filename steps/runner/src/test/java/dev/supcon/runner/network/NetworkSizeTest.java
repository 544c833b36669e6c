package dev.supcon.runner.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.supcon.contract.spec.Architecture;
import dev.supcon.contract.spec.EncoderSpec;
import dev.supcon.contract.spec.Precision;
import dev.supcon.contract.spec.Stem;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Parameters as torchvision counts them; activations by hand: conv outputs and next inputs. */
final class NetworkSizeTest {

  private static NetworkSize size(
      Architecture architecture, Stem stem, Precision precision, int side) {
    EncoderSpec encoder = new EncoderSpec(architecture, stem, 1.0, precision);
    List<Double> ones = List.of(1.0, 1.0, 1.0);
    return NetworkSize.of(new NetworkSpec(encoder, new Head.Classifier(1000), ones, ones), side);
  }

  @Test
  void theParametersAreTorchvisions() {
    assertThat(size(Architecture.RESNET18, Stem.IMAGENET, Precision.FP32, 224).parameters())
        .isEqualTo(11_689_512);
    assertThat(size(Architecture.RESNET50, Stem.IMAGENET, Precision.FP32, 224).parameters())
        .isEqualTo(25_557_032);
    assertThat(size(Architecture.RESNET152, Stem.IMAGENET, Precision.FP32, 224).parameters())
        .isEqualTo(60_192_808);
  }

  @Test
  void theActivationsAreThoseOfTheOperations() {
    assertThat(
            (double)
                size(Architecture.RESNET50, Stem.IMAGENET, Precision.FP32, 224).activationBytes())
        .isCloseTo(89e6, withinPercentage(10));
    assertThat(
            (double) size(Architecture.RESNET18, Stem.CIFAR, Precision.FP32, 32).activationBytes())
        .isCloseTo(5e6, withinPercentage(15));
    assertThat(
            (double) size(Architecture.RESNET50, Stem.CIFAR, Precision.FP32, 32).activationBytes())
        .isCloseTo(27e6, withinPercentage(15));
  }

  @Test
  void inHalfThePrecisionTheyAreHalf() {
    long whole = size(Architecture.RESNET18, Stem.CIFAR, Precision.FP32, 32).activationBytes();
    long half = size(Architecture.RESNET18, Stem.CIFAR, Precision.BF16, 32).activationBytes();
    assertThat(half * 2).isEqualTo(whole);
  }
}

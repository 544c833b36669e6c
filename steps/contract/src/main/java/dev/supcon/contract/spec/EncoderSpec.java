package dev.supcon.contract.spec;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import org.jspecify.annotations.Nullable;

/** A ResNet under torchvision's parameter names. */
public record EncoderSpec(
    @JsonPropertyDescription("Depth of the ResNet.") @Default("resnet50") Architecture architecture,
    @JsonPropertyDescription(
            "cifar: 3x3 stride 1, no pooling. imagenet: 7x7 stride 2, 3x3 max pooling.")
        @Default("cifar")
        Stem stem,
    @JsonPropertyDescription("Factor on every channel count; 1 is the published network.")
        @Min(0.125)
        @Max(4)
        @Default("1.0")
        Double width,
    @JsonPropertyDescription(
            "Arithmetic of convolutions and linear layers; weights and sums stay fp32.")
        @Default("bf16")
        Precision precision,
    @JsonPropertyDescription(
            "torchvision, or authorsTf: shortcuts, pooling and initial values of the paper's"
                + " TensorFlow code.")
        @Default("torchvision")
        EncoderVariant variant,
    @JsonPropertyDescription(
            "Weights that training begins with, of this architecture, stem, width and variant;"
                + " heads in the file are left out. Absent: random ones, by the seed.")
        @Nullable InitialWeightsSpec initialWeights) {

  /** Missing values become the defaults; nothing is refused here. */
  public EncoderSpec {
    architecture = Defaults.or(architecture, Architecture.RESNET50);
    stem = Defaults.or(stem, Stem.CIFAR);
    width = Defaults.or(width, 1.0);
    precision = Defaults.or(precision, Precision.BF16);
    variant = Defaults.or(variant, EncoderVariant.TORCHVISION);
  }

  /** torchvision's, with random weights. */
  public EncoderSpec(Architecture architecture, Stem stem, Double width, Precision precision) {
    this(architecture, stem, width, precision, EncoderVariant.TORCHVISION, null);
  }

  /** With other weights to begin with. */
  public EncoderSpec with(@Nullable InitialWeightsSpec weights) {
    return new EncoderSpec(architecture, stem, width, precision, variant, weights);
  }

  /** All of it that decides what is learnt: not where the initial weights lie. */
  public EncoderSpec determinants() {
    return initialWeights == null ? this : with(initialWeights.anywhere());
  }
}

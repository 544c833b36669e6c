package dev.supcon.contract.spec;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.ValidationRule;

/**
 * SimAugment of the paper: crop, flip, colour jitter, grayscale, blur (paper section 3.1; values of
 * its CIFAR code).
 */
@ValidationRule(
    value = "self.cropAreaMin <= self.cropAreaMax",
    message = "views.cropAreaMin is more than views.cropAreaMax")
public record ViewSpec(
    @JsonPropertyDescription("Smallest area of a random crop, as a fraction of the image.")
        @Min(0.01)
        @Max(1)
        @Default("0.2")
        Double cropAreaMin,
    @JsonPropertyDescription("Largest area of a random crop, as a fraction of the image.")
        @Min(0.01)
        @Max(1)
        @Default("1.0")
        Double cropAreaMax,
    @JsonPropertyDescription("Probability of a horizontal flip.") @Min(0) @Max(1) @Default("0.5")
        Double flipProbability,
    @JsonPropertyDescription(
            "s of the colour jitter: brightness, contrast and saturation 0.8 s, hue 0.2 s.")
        @Min(0)
        @Max(1)
        @Default("0.5")
        Double jitterStrength,
    @JsonPropertyDescription("Probability of the colour jitter.") @Min(0) @Max(1) @Default("0.8")
        Double jitterProbability,
    @JsonPropertyDescription("Probability of dropping the colour.") @Min(0) @Max(1) @Default("0.2")
        Double grayscaleProbability,
    @JsonPropertyDescription(
            "Probability of a Gaussian blur; the paper blurs ImageNet with 0.5 and CIFAR not at all.")
        @Min(0)
        @Max(1)
        @Default("0.0")
        Double blurProbability) {

  /** Missing values become the defaults; nothing is refused here. */
  public ViewSpec {
    cropAreaMin = Defaults.or(cropAreaMin, 0.2);
    cropAreaMax = Defaults.or(cropAreaMax, 1.0);
    flipProbability = Defaults.or(flipProbability, 0.5);
    jitterStrength = Defaults.or(jitterStrength, 0.5);
    jitterProbability = Defaults.or(jitterProbability, 0.8);
    grayscaleProbability = Defaults.or(grayscaleProbability, 0.2);
    blurProbability = Defaults.or(blurProbability, 0.0);
  }
}

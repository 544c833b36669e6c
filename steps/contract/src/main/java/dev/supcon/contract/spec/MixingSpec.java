package dev.supcon.contract.spec;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;

/**
 * Images mixed in pairs, and their labels with them. Alpha and probability are by default those of
 * Mixup's CIFAR recipe and of CutMix's ImageNet recipe.
 */
public record MixingSpec(
    @JsonPropertyDescription(
            "mixup (the weighted mean of two images) or cutMix (a rectangle of one in the other).")
        @Default("mixup")
        MixingType type,
    @JsonPropertyDescription(
            "Both parameters of the Beta distribution that the first image's share is drawn from, once for a batch.")
        @Min(0.01)
        @Max(100)
        @Default("1.0")
        Double alpha,
    @JsonPropertyDescription("Probability that a batch is mixed.") @Min(0) @Max(1) @Default("1.0")
        Double probability) {

  /** Missing values become the defaults; nothing is refused here. */
  public MixingSpec {
    type = Defaults.or(type, MixingType.MIXUP);
    alpha = Defaults.or(alpha, 1.0);
    probability = Defaults.or(probability, 1.0);
  }
}

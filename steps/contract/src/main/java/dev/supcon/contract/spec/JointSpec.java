package dev.supcon.contract.spec;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.ValidationRule;

/**
 * The two terms of the joint loss. Whether the gradient is stopped by default is the paper's choice
 * (section 4.5) and that of the authors' TensorFlow code, whose flags name the weights.
 */
@ValidationRule(
    value =
        "self.contrastiveWeight > 0.0"
            + " || (self.crossEntropyWeight > 0.0 && self.classifierGradient == 'through')",
    message =
        "no term of the joint loss trains the encoder; write a contrastiveWeight above 0, or a"
            + " crossEntropyWeight above 0 with classifierGradient through")
public record JointSpec(
    @JsonPropertyDescription("Factor on the contrastive loss of the projections.")
        @Min(0)
        @Max(1000)
        @Default("1.0")
        Double contrastiveWeight,
    @JsonPropertyDescription("Factor on the cross-entropy of the linear classifier.")
        @Min(0)
        @Max(1000)
        @Default("1.0")
        Double crossEntropyWeight,
    @JsonPropertyDescription(
            "Whether cross-entropy trains the encoder, too (through), or the classifier alone (stopped).")
        @Default("stopped")
        ClassifierGradient classifierGradient) {

  /** Missing values become the defaults; nothing is refused here. */
  public JointSpec {
    contrastiveWeight = Defaults.or(contrastiveWeight, 1.0);
    crossEntropyWeight = Defaults.or(crossEntropyWeight, 1.0);
    classifierGradient = Defaults.or(classifierGradient, ClassifierGradient.STOPPED);
  }

  boolean trainsTheEncoder() {
    return contrastiveWeight > 0
        || (crossEntropyWeight > 0 && classifierGradient == ClassifierGradient.THROUGH);
  }
}

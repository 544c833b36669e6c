package dev.supcon.contract.spec;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.ValidationRule;

/** How gradients change a linear classifier; rates, momentum and decay stand beside it. */
@ValidationRule(
    value = "!self.nesterov || self.type == 'sgd'",
    message = "optimizer.nesterov has a meaning for sgd only; remove it")
@ValidationRule(
    value = "self.type == 'lars' || self.trustCoefficient == 0.001",
    message = "trustCoefficient has a meaning for lars only; remove it")
@ValidationRule(
    value = "self.type == 'rmsProp' || (self.decay == 0.9 && self.epsilon == 0.001)",
    message = "decay and epsilon have a meaning for rmsProp only; remove them")
public record LinearOptimizerSpec(
    @JsonPropertyDescription(
            "sgd (PyTorch's rule), lars (the authors' code) or rmsProp (TensorFlow's rule).")
        @Default("sgd")
        LinearOptimizerType type,
    @JsonPropertyDescription("Nesterov's momentum; sgd only.") @Default("false") Boolean nesterov,
    @JsonPropertyDescription("Learning rate per ratio of weight to gradient norm; lars only.")
        @Min(0.000001)
        @Max(1)
        @Default("0.001")
        Double trustCoefficient,
    @JsonPropertyDescription("Decay of the mean square; rmsProp only.")
        @Min(0)
        @Max(0.999999)
        @Default("0.9")
        Double decay,
    @JsonPropertyDescription("Added to the mean square under the root; rmsProp only.")
        @Min(0)
        @Max(1)
        @Default("0.001")
        Double epsilon) {

  /** Missing values become the defaults; nothing is refused here. */
  public LinearOptimizerSpec {
    type = Defaults.or(type, LinearOptimizerType.SGD);
    nesterov = Defaults.or(nesterov, false);
    trustCoefficient = Defaults.or(trustCoefficient, 0.001);
    decay = Defaults.or(decay, 0.9);
    epsilon = Defaults.or(epsilon, 0.001);
  }
}

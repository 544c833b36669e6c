package dev.supcon.contract.spec;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** How gradients change the parameters. Defaults: SGD as in the authors' PyTorch code. */
@ValidationRule(
    value = "self.type != 'adamW' || self.momentum == 0.9",
    message = "momentum has no meaning when optimizer.type is adamW; remove it")
@ValidationRule(
    value = "!self.nesterov || (self.type == 'sgd' && self.momentum > 0.0)",
    message = "nesterov has a meaning for sgd with a momentum only; remove it")
@ValidationRule(
    value = "self.type == 'lars' || (self.trustCoefficient == 0.001 && self.larsRule == 'classic')",
    message = "trustCoefficient and larsRule have a meaning for lars only; remove them")
@ValidationRule(
    value = "self.type == 'rmsProp' || self.decay == 0.9",
    message = "decay has a meaning for rmsProp only; remove it")
@ValidationRule(
    value = "!has(self.epsilon) || self.type in ['rmsProp', 'adamW']",
    message = "epsilon has a meaning for rmsProp and adamW only; remove it")
@ValidationRule(
    value = "self.type == 'adamW' || (self.beta1 == 0.9 && self.beta2 == 0.999)",
    message = "beta1 and beta2 have a meaning for adamW only; remove them")
public record OptimizerSpec(
    @JsonPropertyDescription(
            "sgd (PyTorch's rule), lars, rmsProp (TensorFlow's rule) or adamW (PyTorch's rule).")
        @Default("sgd")
        OptimizerType type,
    @JsonPropertyDescription("Peak learning rate.") @Min(0) @Max(1000) @Default("0.5")
        Double learningRate,
    @JsonPropertyDescription(
            "Factor on learningRate: none, linear (batchSize / 256) or sqrt (the root of batchSize).")
        @Default("none")
        LearningRateScaling learningRateScaling,
    @JsonPropertyDescription("Momentum; not of adamW.") @Min(0) @Max(0.9999) @Default("0.9")
        Double momentum,
    @JsonPropertyDescription("Nesterov's momentum; sgd only.") @Default("false") Boolean nesterov,
    @JsonPropertyDescription("L2 penalty; of adamW, decoupled from the gradient.")
        @Min(0)
        @Max(1)
        @Default("0.0001")
        Double weightDecay,
    @JsonPropertyDescription(
            "What weightDecay acts on, and what lars adapts to: all, withoutNorm (all but normalisation),"
                + " or weights (neither normalisation nor biases).")
        @Default("all")
        DecayedParameters weightDecayOn,
    @JsonPropertyDescription("Learning rate per ratio of weight to gradient norm; lars only.")
        @Min(0.000001)
        @Max(1)
        @Default("0.001")
        Double trustCoefficient,
    @JsonPropertyDescription(
            "classic (the authors' code), afterMomentum or article (You et al. 2017); lars only.")
        @Default("classic")
        LarsRule larsRule,
    @JsonPropertyDescription("Decay of the mean square; rmsProp only.")
        @Min(0)
        @Max(0.999999)
        @Default("0.9")
        Double decay,
    @JsonPropertyDescription(
            "Added under the root by rmsProp (absent: 0.001), to the root by adamW (absent: 1e-8).")
        @Min(0)
        @Max(1)
        @Nullable Double epsilon,
    @JsonPropertyDescription("Decay of the mean gradient; adamW only.")
        @Min(0)
        @Max(0.999999)
        @Default("0.9")
        Double beta1,
    @JsonPropertyDescription("Decay of the mean square; adamW only.")
        @Min(0)
        @Max(0.999999)
        @Default("0.999")
        Double beta2) {

  /** Missing values become the defaults; nothing is refused here. */
  public OptimizerSpec {
    type = Defaults.or(type, OptimizerType.SGD);
    learningRate = Defaults.or(learningRate, 0.5);
    learningRateScaling = Defaults.or(learningRateScaling, LearningRateScaling.NONE);
    momentum = Defaults.or(momentum, 0.9);
    nesterov = Defaults.or(nesterov, false);
    weightDecay = Defaults.or(weightDecay, 1e-4);
    weightDecayOn = Defaults.or(weightDecayOn, DecayedParameters.ALL);
    trustCoefficient = Defaults.or(trustCoefficient, 0.001);
    larsRule = Defaults.or(larsRule, LarsRule.CLASSIC);
    decay = Defaults.or(decay, 0.9);
    beta1 = Defaults.or(beta1, 0.9);
    beta2 = Defaults.or(beta2, 0.999);
  }

  /** SGD with momentum on every parameter. */
  public static OptimizerSpec sgd(double learningRate, double momentum, double weightDecay) {
    return new OptimizerSpec(
        OptimizerType.SGD,
        learningRate,
        LearningRateScaling.NONE,
        momentum,
        false,
        weightDecay,
        DecayedParameters.ALL,
        0.001,
        LarsRule.CLASSIC,
        0.9,
        null,
        0.9,
        0.999);
  }
}

package dev.supcon.contract.spec;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;

/**
 * SGD with momentum by PyTorch's rule, weight decay on every parameter (the authors' PyTorch code).
 */
public record OptimizerSpec(
    @JsonPropertyDescription("Peak learning rate.") @Min(0) @Max(1000) @Default("0.5")
        Double learningRate,
    @JsonPropertyDescription("Momentum.") @Min(0) @Max(0.9999) @Default("0.9") Double momentum,
    @JsonPropertyDescription("L2 penalty.") @Min(0) @Max(1) @Default("0.0001") Double weightDecay) {

  /** Missing values become the defaults; nothing is refused here. */
  public OptimizerSpec {
    learningRate = Defaults.or(learningRate, 0.5);
    momentum = Defaults.or(momentum, 0.9);
    weightDecay = Defaults.or(weightDecay, 1e-4);
  }
}

package dev.supcon.contract.spec;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/**
 * A linear classifier on cached features of the frozen encoder; the learning rate with the best
 * holdout accuracy is kept.
 */
public record LinearSpec(
    @JsonPropertyDescription("Passes over the training features.")
        @Min(1)
        @Max(10000)
        @Default("100")
        Integer epochs,
    @JsonPropertyDescription("Features per step.") @Min(1) @Max(65536) @Default("512")
        Integer batchSize,
    @JsonPropertyDescription("Candidates; divided by 5 after 60, 75 and 90 % of the epochs.")
        @Size(min = 1, max = 32)
        List<@Min(0.000001) @Max(1000) Double> learningRates,
    @JsonPropertyDescription("Momentum.") @Min(0) @Max(0.9999) @Default("0.9") Double momentum,
    @JsonPropertyDescription("L2 penalty.") @Min(0) @Max(1) @Default("0.0") Double weightDecay) {

  /** Missing values become the defaults; nothing is refused here. */
  public LinearSpec {
    epochs = Defaults.or(epochs, 100);
    batchSize = Defaults.or(batchSize, 512);
    learningRates = Defaults.or(learningRates, List.of(0.1, 0.5, 1.0, 5.0));
    momentum = Defaults.or(momentum, 0.9);
    weightDecay = Defaults.or(weightDecay, 0.0);
  }
}

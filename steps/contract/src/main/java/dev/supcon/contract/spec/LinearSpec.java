package dev.supcon.contract.spec;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A linear classifier on cached features of the frozen encoder; the learning rate with the best
 * holdout accuracy is kept.
 */
@ValidationRule(
    value = "!has(self.optimizer) || !self.optimizer.nesterov || self.momentum > 0.0",
    message = "optimizer.nesterov needs a momentum; remove it")
@ValidationRule(
    value = "self.warmupEpochs <= double(self.epochs)",
    message = "linear.warmupEpochs is more than linear.epochs; write a smaller one",
    fieldPath = ".warmupEpochs")
@ValidationRule(
    value =
        "!has(self.schedule) || !has(self.schedule.decayEpochs)"
            + " || self.schedule.decayEpochs.all(e, e < self.epochs)",
    message = "an entry of schedule.decayEpochs is not before the last of the epochs")
@ValidationRule(
    value = "!has(self.schedule) || self.schedule.warmupFrom == 0.0 || self.warmupEpochs > 0.0",
    message = "schedule.warmupFrom has no meaning when warmupEpochs is 0; remove it")
public record LinearSpec(
    @JsonPropertyDescription("Passes over the training features.")
        @Min(1)
        @Max(10000)
        @Default("100")
        Integer epochs,
    @JsonPropertyDescription("Features per step.") @Min(1) @Max(65536) @Default("512")
        Integer batchSize,
    @JsonPropertyDescription("Candidates for the peak learning rate.") @Size(min = 1, max = 32)
        List<@Min(0.000001) @Max(1000) Double> learningRates,
    @JsonPropertyDescription("Momentum.") @Min(0) @Max(0.9999) @Default("0.9") Double momentum,
    @JsonPropertyDescription("L2 penalty.") @Min(0) @Max(1) @Default("0.0") Double weightDecay,
    @JsonPropertyDescription("How gradients change the classifier.") LinearOptimizerSpec optimizer,
    @JsonPropertyDescription("Epochs of linear warm-up before the schedule.")
        @Min(0)
        @Max(1000)
        @Default("0.0")
        Double warmupEpochs,
    @JsonPropertyDescription(
            "How the learning rate changes. Absent: divided by 5 after 60, 75 and 90 % of the epochs.")
        @Nullable ScheduleSpec schedule,
    @JsonPropertyDescription("Share of the target that is spread over all classes.")
        @Min(0)
        @Max(0.99)
        @Default("0.0")
        Double labelSmoothing,
    @JsonPropertyDescription(
            "Whether the classifier sees features of length 1, as in the authors' ImageNet recipe.")
        @Default("false")
        Boolean normalizeInput) {

  /** Missing values become the defaults; nothing is refused here. */
  public LinearSpec {
    epochs = Defaults.or(epochs, 100);
    batchSize = Defaults.or(batchSize, 512);
    learningRates = Defaults.or(learningRates, List.of(0.1, 0.5, 1.0, 5.0));
    momentum = Defaults.or(momentum, 0.9);
    weightDecay = Defaults.or(weightDecay, 0.0);
    optimizer = Defaults.or(optimizer, Defaults.of(LinearOptimizerSpec.class));
    warmupEpochs = Defaults.or(warmupEpochs, 0.0);
    labelSmoothing = Defaults.or(labelSmoothing, 0.0);
    normalizeInput = Defaults.or(normalizeInput, false);
  }
}

package dev.supcon.contract.spec;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** How the learning rate changes from step to step. Defaults: the authors' TensorFlow code. */
@ValidationRule(
    value = "self.type in ['cosine', 'cosineByEpoch'] || self.floor == 0.0",
    message = "floor has a meaning for cosine and cosineByEpoch only; remove it")
@ValidationRule(
    value =
        "self.type == 'steps' || ((!has(self.decayEpochs) || size(self.decayEpochs) == 0)"
            + " && self.factor == 0.1)",
    message = "decayEpochs and factor have a meaning for steps only; remove them")
@ValidationRule(
    value = "self.type != 'steps' || (has(self.decayEpochs) && size(self.decayEpochs) > 0)",
    message = "steps needs decayEpochs")
@ValidationRule(
    value =
        "self.type == 'exponential'"
            + " || (self.rate == 0.97 && self.epochsPerDecay == 0.5 && self.staircase)",
    message = "rate, epochsPerDecay and staircase have a meaning for exponential only; remove them")
public record ScheduleSpec(
    @JsonPropertyDescription(
            "cosine (from the end of the warm-up, by steps), cosineByEpoch (over all epochs), steps,"
                + " exponential or constant.")
        @Default("cosine")
        ScheduleType type,
    @JsonPropertyDescription("Learning rate of the warm-up's first step.")
        @Min(0)
        @Max(1000)
        @Default("0.0")
        Double warmupFrom,
    @JsonPropertyDescription("Where a cosine ends, as a fraction of the peak.")
        @Min(0)
        @Max(1)
        @Default("0.0")
        Double floor,
    @JsonPropertyDescription("Epochs of training after which the rate is multiplied by factor.")
        @Size(max = 16)
        List<@Min(1) @Max(100000) Integer> decayEpochs,
    @JsonPropertyDescription("What steps multiply by.") @Min(0.000001) @Max(1) @Default("0.1")
        Double factor,
    @JsonPropertyDescription("What an exponential decay multiplies by in epochsPerDecay.")
        @Min(0.000001)
        @Max(1)
        @Default("0.97")
        Double rate,
    @JsonPropertyDescription("Epochs in which an exponential decay goes down by rate.")
        @Min(0.001)
        @Max(100000)
        @Default("0.5")
        Double epochsPerDecay,
    @JsonPropertyDescription("Whether an exponential decay jumps instead of gliding.")
        @Default("true")
        Boolean staircase) {

  /** Missing values become the defaults; nothing is refused here. */
  public ScheduleSpec {
    type = Defaults.or(type, ScheduleType.COSINE);
    warmupFrom = Defaults.or(warmupFrom, 0.0);
    floor = Defaults.or(floor, 0.0);
    decayEpochs = Defaults.or(decayEpochs, List.of());
    factor = Defaults.or(factor, 0.1);
    rate = Defaults.or(rate, 0.97);
    epochsPerDecay = Defaults.or(epochsPerDecay, 0.5);
    staircase = Defaults.or(staircase, true);
  }

  /** Half a cosine down to 0, step by step. */
  public static ScheduleSpec cosine() {
    return Defaults.of(ScheduleSpec.class);
  }

  /** Times a factor after each of these epochs. */
  public static ScheduleSpec steps(List<Integer> decayEpochs, double factor) {
    return new ScheduleSpec(ScheduleType.STEPS, 0.0, 0.0, decayEpochs, factor, 0.97, 0.5, true);
  }
}

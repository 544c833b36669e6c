package dev.supcon.contract.spec;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;

/** Wrong labels on purpose, in what is learnt from alone: symmetric noise. */
public record LabelNoiseSpec(
    @JsonPropertyDescription(
            "Fraction of each class whose images get the label of another class, each other class as likely. 0 is the same as no noise.")
        @Min(0)
        @Max(1)
        @Required
        Double fraction,
    @JsonPropertyDescription(
            "Which images and which labels; the experiment's own seed has no part in it. With one seed a smaller fraction's wrong labels are among those of a larger one.")
        @Min(0)
        @Max(2147483647)
        @Default("0")
        Long seed) {

  /** A missing fraction becomes one that the rules refuse; nothing is refused here. */
  public LabelNoiseSpec {
    fraction = Defaults.or(fraction, Double.NaN);
    seed = Defaults.or(seed, 0L);
  }
}

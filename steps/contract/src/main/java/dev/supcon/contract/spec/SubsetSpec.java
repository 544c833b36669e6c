package dev.supcon.contract.spec;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** A part of the training set: how much of each class is learnt from. */
@ValidationRule(
    value = "has(self.fraction) != has(self.imagesPerClass)",
    message = "data.subset needs one size; write fraction or imagesPerClass")
public record SubsetSpec(
    @JsonPropertyDescription(
            "Fraction of each class, at least one image of it. 1 is the same as no subset.")
        @Min(0.0001)
        @Max(1)
        @Nullable Double fraction,
    @JsonPropertyDescription("Images of each class; all images of a class that has fewer.")
        @Min(1)
        @Max(1000000)
        @Nullable Integer imagesPerClass,
    @JsonPropertyDescription(
            "Which images are drawn; the experiment's own seed has no part in it. With one seed a smaller subset lies in a larger one.")
        @Min(0)
        @Max(2147483647)
        @Default("0")
        Long seed) {

  /** Missing values become the defaults; nothing is refused here. */
  public SubsetSpec {
    seed = Defaults.or(seed, 0L);
  }

  /** Whether nothing is left out whatever the data. */
  boolean isWhole() {
    return fraction != null && fraction == 1;
  }
}

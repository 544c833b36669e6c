package dev.supcon.contract.spec;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;

/** Weighted nearest neighbours on the encoder's normalised features. */
public record KnnSpec(
    @JsonPropertyDescription(
            "Evaluate after every so many epochs, and after the last; 0 only after the last.")
        @Min(0)
        @Max(100000)
        @Default("10")
        Integer everyEpochs,
    @JsonPropertyDescription("Number of neighbours.") @Min(1) @Max(10000) @Default("200")
        Integer neighbours,
    @JsonPropertyDescription("Temperature of the votes, exp(similarity / temperature).")
        @Min(0.001)
        @Max(10)
        @Default("0.1")
        Double temperature) {

  /** Missing values become the defaults; nothing is refused here. */
  public KnnSpec {
    everyEpochs = Defaults.or(everyEpochs, 10);
    neighbours = Defaults.or(neighbours, 200);
    temperature = Defaults.or(temperature, 0.1);
  }
}

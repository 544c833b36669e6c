package dev.supcon.contract.spec;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** The projection head: an MLP or, without hidden layers, one linear layer (paper section 3.1). */
public record ProjectionSpec(
    @JsonPropertyDescription("Widths of the hidden layers; empty for a linear head.") @Size(max = 4)
        List<@Min(1) @Max(16384) Integer> hidden,
    @JsonPropertyDescription("Width of the embedding, which is normalised to length 1.")
        @Min(2)
        @Max(4096)
        @Default("128")
        Integer dimension,
    @JsonPropertyDescription(
            "Whether the head sees features of length 1, as in the authors' ImageNet recipe.")
        @Default("false")
        Boolean normalizeInput) {

  /** Missing values become the defaults; nothing is refused here. */
  public ProjectionSpec {
    hidden = Defaults.or(hidden, List.of(2048));
    dimension = Defaults.or(dimension, 128);
    normalizeInput = Defaults.or(normalizeInput, false);
  }
}

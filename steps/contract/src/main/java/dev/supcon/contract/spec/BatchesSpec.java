package dev.supcon.contract.spec;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** What the batches of pretraining are made of. */
@ValidationRule(
    value = "(self.composition == 'classesTimesSamples') == has(self.samplesPerClass)",
    message =
        "batches.samplesPerClass and the composition classesTimesSamples go together; write both or"
            + " neither")
public record BatchesSpec(
    @JsonPropertyDescription(
            "shuffled, classBalanced (every class alike), or classesTimesSamples: samplesPerClass images of each of batchSize / samplesPerClass classes.")
        @Default("shuffled")
        BatchComposition composition,
    @JsonPropertyDescription(
            "Of classesTimesSamples: images of each class that is in a batch; divides batchSize.")
        @Min(1)
        @Max(65536)
        @Nullable Integer samplesPerClass) {

  /** Missing values become the defaults; nothing is refused here. */
  public BatchesSpec {
    composition = Defaults.or(composition, BatchComposition.SHUFFLED);
  }

  /** Whether classes have no part in it. */
  public boolean shuffled() {
    return composition == BatchComposition.SHUFFLED;
  }
}

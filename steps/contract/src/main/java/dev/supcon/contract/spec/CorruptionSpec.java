package dev.supcon.contract.spec;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** Corrupted test images (Hendrycks and Dietterich 2019), made on the fly. */
@ValidationRule(
    value = "!has(self.types) || !self.types.exists(t, t == 'frost')",
    message = "corruption.types has frost, whose photographs are not shipped; remove it")
public record CorruptionSpec(
    @JsonPropertyDescription(
            "Which corruptions. Absent: the 14 of the benchmark that are here; its four more"
                + " (speckleNoise, gaussianBlur, spatter, saturate) by name.")
        @Size(min = 1, max = 19)
        List<CorruptionType> types,
    @JsonPropertyDescription("Which severities, of 1 to 5.") @Size(min = 1, max = 5)
        List<@Min(1) @Max(5) Integer> severities) {

  /** Missing values become the defaults; nothing is refused here. */
  public CorruptionSpec {
    types = Defaults.or(types, CorruptionType.benchmark());
    severities = Defaults.or(severities, List.of(1, 2, 3, 4, 5));
  }
}

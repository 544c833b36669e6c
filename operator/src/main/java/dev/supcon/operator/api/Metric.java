package dev.supcon.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A number that the experiment is about. */
public record Metric(
    @JsonPropertyDescription("Full name, such as classifier.test.top1.") @Required @Size(max = 100)
        String name,
    @JsonPropertyDescription("Its value; fractions from 0 to 1.") @Min(-1e12) @Max(1e12)
        Double value) {

  /** Missing values become none. */
  public Metric {
    name = PlainText.of(name == null ? "" : name, 100);
    value = value == null ? 0.0 : value;
  }
}

package dev.supcon.contract.spec;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** The wish to have an experiment computed again. */
public record RerunSpec(
    @JsonPropertyDescription(
            "Any new word, such as a date: everything but the data is computed again under it.")
        @Required
        @Pattern(TextForm.NAME)
        @Size(max = 63)
        String token) {

  /** A missing token becomes one that the rules refuse; nothing is refused here. */
  public RerunSpec {
    token = Defaults.or(token, "");
  }
}

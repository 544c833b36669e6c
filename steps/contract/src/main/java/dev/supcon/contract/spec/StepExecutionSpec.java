package dev.supcon.contract.spec;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** How the steps of a name or kind are run, where that differs from the others. */
public record StepExecutionSpec(
    @JsonPropertyDescription(
            "On a cluster: name of the step, such as transfer-pets, or kind of step: augment, pretrain, linear, corruption, transfer.")
        @Required
        @Pattern(TextForm.NAME)
        @Size(max = 63)
        String name,
    @JsonPropertyDescription("On a cluster: name of the runtime that runs it.")
        @Required
        @Pattern(TextForm.NAME)
        @Size(max = 63)
        String runtime) {

  /** Missing values become what the rules refuse; nothing is refused here. */
  public StepExecutionSpec {
    name = Defaults.or(name, "");
    runtime = Defaults.or(runtime, "");
  }
}

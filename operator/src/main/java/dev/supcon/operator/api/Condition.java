package dev.supcon.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** One aspect of an experiment's state, as Kubernetes' API conventions say. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Condition(
    @JsonPropertyDescription("What it is about, such as Finished.") @Size(max = 32) String type,
    @JsonPropertyDescription("True, False or Unknown.") @Size(max = 8) String status,
    @JsonPropertyDescription("Why, in one word for programs.") @Size(max = 40) String reason,
    @JsonPropertyDescription("Why, in a sentence for people.") @Size(max = Condition.MESSAGE)
        String message,
    @JsonPropertyDescription("When `status` last changed.") @Size(max = 20)
        String lastTransitionTime,
    @JsonPropertyDescription("Generation of the spec that it is about.")
        @Min(-1)
        @Max(9007199254740991L)
        Long observedGeneration) {
  static final int MESSAGE = 400;

  /** Missing values become empty, long ones are cut. */
  public Condition {
    type = text(type, 32);
    status = text(status, 8);
    reason = text(reason, 40);
    message = text(message, MESSAGE);
    lastTransitionTime = text(lastTransitionTime, 20);
    observedGeneration = AtMost.amount(observedGeneration, -1);
  }

  private static String text(@Nullable String value, int max) {
    return value == null ? "" : PlainText.of(value, max);
  }

  /** Whether its status is {@code True}. */
  public boolean holds() {
    return status.equals("True");
  }
}

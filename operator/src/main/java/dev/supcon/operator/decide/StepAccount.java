package dev.supcon.operator.decide;

import dev.supcon.operator.api.AttemptCounts;
import dev.supcon.operator.api.Usage;
import java.util.Optional;

/** What counts for and against a step by now. */
public record StepAccount(AttemptCounts counts, Usage usage, Optional<Failure> failure) {

  StepAccount with(AttemptCounts other) {
    return new StepAccount(other, usage, failure);
  }

  StepAccount with(Usage other) {
    return new StepAccount(counts, other, failure);
  }

  /** The first failure stays. */
  StepAccount with(Failure.Reason reason, String message) {
    return failure.isPresent()
        ? this
        : new StepAccount(counts, usage, Optional.of(new Failure(reason, message)));
  }
}

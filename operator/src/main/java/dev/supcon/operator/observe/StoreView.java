package dev.supcon.operator.observe;

import dev.supcon.contract.step.StepKey;
import java.util.Map;
import java.util.Optional;

/** What is known of the store; a key without an entry was not looked up. */
public record StoreView(Map<StepKey, Result> results, Map<StepKey, Progress> progress) {
  static final Result NOT_YET = new Result.Unknown("the store was not looked into yet");

  /** Copies both. */
  public StoreView {
    results = Map.copyOf(results);
    progress = Map.copyOf(progress);
  }

  Result result(StepKey key) {
    return results.getOrDefault(key, NOT_YET);
  }

  Optional<Progress> progress(StepKey key) {
    return Optional.ofNullable(progress.get(key));
  }
}

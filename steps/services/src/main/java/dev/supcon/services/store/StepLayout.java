package dev.supcon.services.store;

import dev.supcon.contract.step.StepKey;
import java.util.OptionalLong;

/** Where a step keeps what. */
record StepLayout(StepKey key) {
  private static final String COMMIT = "COMMIT-";

  static String checkedAttempt(String attempt) {
    if (attempt.indexOf('/') >= 0) {
      throw new IllegalArgumentException("not an attempt: " + attempt);
    }
    return ObjectKeys.checked(attempt);
  }

  String folder() {
    return "steps/" + key + "/";
  }

  String manifest() {
    return folder() + "manifest.json";
  }

  String progress() {
    return folder() + "progress.json";
  }

  String commits() {
    return folder() + COMMIT;
  }

  String commit(long number) {
    return commits() + number;
  }

  OptionalLong numberOf(String commitKey) {
    String digits = commitKey.substring(commits().length());
    return digits.matches("\\d{1,18}")
        ? OptionalLong.of(Long.parseLong(digits))
        : OptionalLong.empty();
  }

  String attempts() {
    return folder() + "attempts/";
  }

  /** Whose key or folder this is, below {@link #attempts}. */
  String attemptOf(String key) {
    return key.substring(Math.min(key.length(), attempts().length())).replaceFirst("/.*", "");
  }

  String attempt(String attempt) {
    return attempts() + checkedAttempt(attempt) + "/";
  }

  String result(String attempt) {
    return attempt(attempt) + "result/";
  }

  String checkpoint(String attempt, long number) {
    return attempt(attempt) + "checkpoints/" + number + "/";
  }

  /** Relative to {@link #folder}, because a manifest may name another attempt's part. */
  String metricsPart(String attempt, String part) {
    return "attempts/" + checkedAttempt(attempt) + "/metrics/" + part + ".jsonl";
  }
}

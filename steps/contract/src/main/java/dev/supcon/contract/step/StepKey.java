package dev.supcon.contract.step;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Identity of a step by its input: 64 hexadecimal digits, the SHA-256 of the canonical JSON of all
 * that changes its output.
 */
public record StepKey(@JsonValue String hex) {

  /**
   * @throws IllegalArgumentException when {@code hex} is not 64 lower-case hexadecimal digits
   */
  @JsonCreator
  public StepKey {
    if (!hex.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("not a step key: " + hex);
    }
  }

  /** The first twelve digits, for people. */
  public String brief() {
    return hex.substring(0, 12);
  }

  @Override
  public String toString() {
    return hex;
  }
}

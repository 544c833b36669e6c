package dev.supcon.contract.spec;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/** What a positive is compared with (google-research/supcon, enums.py). */
public enum LossDenominator {
  /** All negatives and all positives (paper Eq. 2). */
  @JsonProperty("all")
  ALL,

  /** All negatives and the positive itself. */
  @JsonProperty("onePositive")
  ONE_POSITIVE,

  /** All negatives; the loss may then be negative. */
  @JsonProperty("onlyNegatives")
  ONLY_NEGATIVES,

  /** A word that this version does not know; the rules refuse it. */
  @JsonEnumDefaultValue
  @JsonProperty("unknown")
  UNKNOWN;
}

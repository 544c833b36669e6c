package dev.supcon.contract.spec;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether the gradient of a classifier's loss goes on into the encoder. */
public enum ClassifierGradient {
  /** Into the encoder: both terms of the loss train it. */
  @JsonProperty("through")
  THROUGH,

  /** To the classifier alone, which then only tells what the encoder's features are worth. */
  @JsonProperty("stopped")
  STOPPED,

  /** A word that this version does not know; the rules refuse it. */
  @JsonEnumDefaultValue
  @JsonProperty("unknown")
  UNKNOWN;
}

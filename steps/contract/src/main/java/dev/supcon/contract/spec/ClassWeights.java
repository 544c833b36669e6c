package dev.supcon.contract.spec;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/** How much an anchor of a class counts. */
public enum ClassWeights {
  /** Every anchor alike. */
  @JsonProperty("none")
  NONE,

  /**
   * By the inverse of its class's frequency in the training set, images / (classes with images x
   * images of the class): scikit-learn's class_weight "balanced". Their mean over the training set
   * is 1, so a learning rate stays what it was.
   */
  @JsonProperty("balanced")
  BALANCED,

  /** A word that this version does not know; the rules refuse it. */
  @JsonEnumDefaultValue
  @JsonProperty("unknown")
  UNKNOWN;
}

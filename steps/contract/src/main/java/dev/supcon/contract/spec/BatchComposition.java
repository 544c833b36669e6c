package dev.supcon.contract.spec;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/** Which images come together in a batch. */
public enum BatchComposition {
  /** The next ones of all, in an order that is drawn anew for every epoch. */
  @JsonProperty("shuffled")
  SHUFFLED,

  /** As many of each class, or one more. */
  @JsonProperty("classBalanced")
  CLASS_BALANCED,

  /** So many of each of some classes (PK sampling; Hermans et al. 2017, arXiv 1703.07737). */
  @JsonProperty("classesTimesSamples")
  CLASSES_TIMES_SAMPLES,

  /** A word that this version does not know; the rules refuse it. */
  @JsonEnumDefaultValue
  @JsonProperty("unknown")
  UNKNOWN
}

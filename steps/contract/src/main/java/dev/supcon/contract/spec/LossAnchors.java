package dev.supcon.contract.spec;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/** Which views ask; all views answer. */
public enum LossAnchors {
  /** Every view of every image. */
  @JsonProperty("all")
  ALL,

  /** The first view of every image (contrast_mode "one" of HobbitLong/SupContrast, losses.py). */
  @JsonProperty("one")
  ONE,

  /** A word that this version does not know; the rules refuse it. */
  @JsonEnumDefaultValue
  @JsonProperty("unknown")
  UNKNOWN;
}

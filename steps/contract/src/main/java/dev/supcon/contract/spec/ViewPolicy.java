package dev.supcon.contract.spec;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/** What is done to a crop after its flip (paper section 3.1 and Table 9). */
public enum ViewPolicy {
  /** Colour jitter, grayscale, warp, blur: the transformations of SimCLR, and a warp. */
  @JsonProperty("simAugment")
  SIM_AUGMENT,

  /** A pair of operations out of a table (Cubuk et al. 2018). */
  @JsonProperty("autoAugment")
  AUTO_AUGMENT,

  /** N operations of magnitude M, drawn evenly (Cubuk et al. 2019). */
  @JsonProperty("randAugment")
  RAND_AUGMENT,

  /** SimAugment with RandAugment behind its jitter (Tian et al. 2020, in the paper's order). */
  @JsonProperty("stackedRandAugment")
  STACKED_RAND_AUGMENT,

  /** A word that this version does not know; the rules refuse it. */
  @JsonEnumDefaultValue
  @JsonProperty("unknown")
  UNKNOWN;

  /** Whether there is a jitter, grayscale, a warp and a blur. */
  public boolean jitters() {
    return this == SIM_AUGMENT || this == STACKED_RAND_AUGMENT;
  }

  /** Whether operations are drawn evenly, with a magnitude. */
  public boolean drawsEvenly() {
    return this == RAND_AUGMENT || this == STACKED_RAND_AUGMENT;
  }
}

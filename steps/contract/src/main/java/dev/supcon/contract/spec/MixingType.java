package dev.supcon.contract.spec;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/** How two images of a batch become one. */
public enum MixingType {
  /** Their weighted mean (Zhang et al. 2018, arXiv 1710.09412). */
  @JsonProperty("mixup")
  MIXUP,

  /** A rectangle of the one in the other (Yun et al. 2019, arXiv 1905.04899). */
  @JsonProperty("cutMix")
  CUT_MIX,

  /** A word that this version does not know; the rules refuse it. */
  @JsonEnumDefaultValue
  @JsonProperty("unknown")
  UNKNOWN
}

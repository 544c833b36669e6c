package dev.supcon.contract.spec;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/** Arithmetic inside the network. */
public enum Precision {
  /** Convolutions and linear layers in bfloat16; weights, statistics and loss in fp32. */
  @JsonProperty("bf16")
  BF16,

  /** Everything in fp32. */
  @JsonProperty("fp32")
  FP32,

  /** A word that this version does not know; the rules refuse it. */
  @JsonEnumDefaultValue
  @JsonProperty("unknown")
  UNKNOWN;
}

package dev.supcon.contract.spec;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/** Factor on the contrastive loss; learning rates only transfer together with it. */
public enum LossScale {
  /** 1: the formula as printed. */
  @JsonProperty("none")
  NONE,

  /** The temperature: the authors' TensorFlow code. */
  @JsonProperty("tau")
  TAU,

  /** Temperature / 0.07: the authors' PyTorch code. */
  @JsonProperty("tauOverBase")
  TAU_OVER_BASE,

  /** A word that this version does not know; the rules refuse it. */
  @JsonEnumDefaultValue
  @JsonProperty("unknown")
  UNKNOWN;
}

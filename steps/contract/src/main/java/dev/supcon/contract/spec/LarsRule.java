package dev.supcon.contract.spec;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/** Where LARS takes its trust ratio from. */
public enum LarsRule {
  /** From the decayed gradient, before the momentum (the authors' TensorFlow code). */
  @JsonProperty("classic")
  CLASSIC,

  /** From the momentum, behind it (the same code with its classic momentum off). */
  @JsonProperty("afterMomentum")
  AFTER_MOMENTUM,

  /** From gradient and weight decay by their norms, before the momentum (You et al. 2017). */
  @JsonProperty("article")
  ARTICLE,

  /** A word that this version does not know; the rules refuse it. */
  @JsonEnumDefaultValue
  @JsonProperty("unknown")
  UNKNOWN;
}

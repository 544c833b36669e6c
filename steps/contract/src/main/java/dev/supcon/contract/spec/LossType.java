package dev.supcon.contract.spec;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/** What pretraining minimises. */
public enum LossType {
  /** Supervised contrastive loss L_out, paper Eq. 2. */
  @JsonProperty("supCon")
  SUP_CON,

  /** Softmax cross-entropy of a linear classifier. */
  @JsonProperty("crossEntropy")
  CROSS_ENTROPY,

  /** A word that this version does not know; the rules refuse it. */
  @JsonEnumDefaultValue
  @JsonProperty("unknown")
  UNKNOWN;
}

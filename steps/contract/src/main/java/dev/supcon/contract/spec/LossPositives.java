package dev.supcon.contract.spec;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/** Where the mean over an anchor's positives stands. */
public enum LossPositives {
  /** L_out, outside of the logarithm (paper Eq. 2). */
  @JsonProperty("outside")
  OUTSIDE,

  /** L_in, inside of it (paper Eq. 3): 67.4 % where L_out has 78.7 (paper Table 1). */
  @JsonProperty("inside")
  INSIDE,

  /** A word that this version does not know; the rules refuse it. */
  @JsonEnumDefaultValue
  @JsonProperty("unknown")
  UNKNOWN;
}

package dev.supcon.contract.spec;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/** The rule by which gradients change a linear classifier. */
public enum LinearOptimizerType {
  /** Stochastic gradient descent with momentum, PyTorch's rule. */
  @JsonProperty("sgd")
  SGD,

  /** Layer-wise adaptive rate scaling, the authors' TensorFlow code. */
  @JsonProperty("lars")
  LARS,

  /** RMSProp by TensorFlow 1's rule. */
  @JsonProperty("rmsProp")
  RMS_PROP,

  /** A word that this version does not know; the rules refuse it. */
  @JsonEnumDefaultValue
  @JsonProperty("unknown")
  UNKNOWN;
}

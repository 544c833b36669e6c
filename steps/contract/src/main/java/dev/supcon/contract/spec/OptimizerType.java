package dev.supcon.contract.spec;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/** The rule by which gradients change the parameters. */
public enum OptimizerType {
  /** Stochastic gradient descent with momentum, PyTorch's rule. */
  @JsonProperty("sgd")
  SGD,

  /** Layer-wise adaptive rate scaling (You et al. 2017). */
  @JsonProperty("lars")
  LARS,

  /** RMSProp by TensorFlow 1's rule. */
  @JsonProperty("rmsProp")
  RMS_PROP,

  /** Adam with decoupled weight decay (Loshchilov and Hutter 2019), PyTorch's rule. */
  @JsonProperty("adamW")
  ADAM_W,

  /** A word that this version does not know; the rules refuse it. */
  @JsonEnumDefaultValue
  @JsonProperty("unknown")
  UNKNOWN;
}

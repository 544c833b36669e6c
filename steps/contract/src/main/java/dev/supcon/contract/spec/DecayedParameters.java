package dev.supcon.contract.spec;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/** The parameters that weight decay acts on, and to whose norms LARS adapts the learning rate. */
public enum DecayedParameters {
  /** Every one (the authors' PyTorch code). */
  @JsonProperty("all")
  ALL,

  /** Those outside normalisation layers, biases included (the authors' TensorFlow code). */
  @JsonProperty("withoutNorm")
  WITHOUT_NORM,

  /** Weights of convolutions and linear layers (SimCLR's code). */
  @JsonProperty("weights")
  WEIGHTS,

  /** A word that this version does not know; the rules refuse it. */
  @JsonEnumDefaultValue
  @JsonProperty("unknown")
  UNKNOWN;
}

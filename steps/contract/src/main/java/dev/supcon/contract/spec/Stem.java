package dev.supcon.contract.spec;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/** How a ResNet begins. */
public enum Stem {
  /** 3x3 convolution with stride 1, no pooling. */
  @JsonProperty("cifar")
  CIFAR,

  /** 7x7 convolution with stride 2, 3x3 max pooling with stride 2. */
  @JsonProperty("imagenet")
  IMAGENET,

  /** A word that this version does not know; the rules refuse it. */
  @JsonEnumDefaultValue
  @JsonProperty("unknown")
  UNKNOWN;
}

package dev.supcon.contract.spec;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/** A table of AutoAugment: 25 pairs of operations. */
public enum ViewTable {
  /** What the paper's code runs under the name of AutoAugment. */
  @JsonProperty("v0")
  V0,

  /** For ImageNet, of the AutoAugment paper. */
  @JsonProperty("imagenet")
  IMAGENET,

  /** For CIFAR-10, of the AutoAugment paper. */
  @JsonProperty("cifar10")
  CIFAR10,

  /** A word that this version does not know; the rules refuse it. */
  @JsonEnumDefaultValue
  @JsonProperty("unknown")
  UNKNOWN;

  /** Whose operations and levels the table is written in. */
  public ViewSemantics semantics() {
    return this == V0 ? ViewSemantics.AUTHORS_TF : ViewSemantics.TORCHVISION;
  }
}

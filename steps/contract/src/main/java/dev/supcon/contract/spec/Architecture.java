package dev.supcon.contract.spec;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/** Depths of the ResNet family. */
public enum Architecture {
  /** ResNet-18. */
  @JsonProperty("resnet18")
  RESNET18,

  /** ResNet-34. */
  @JsonProperty("resnet34")
  RESNET34,

  /** ResNet-50. */
  @JsonProperty("resnet50")
  RESNET50,

  /** ResNet-101. */
  @JsonProperty("resnet101")
  RESNET101,

  /** ResNet-152. */
  @JsonProperty("resnet152")
  RESNET152,

  /** ResNet-200. */
  @JsonProperty("resnet200")
  RESNET200,

  /** A word that this version does not know; the rules refuse it. */
  @JsonEnumDefaultValue
  @JsonProperty("unknown")
  UNKNOWN;
}

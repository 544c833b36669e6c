package dev.supcon.contract.spec;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/** Whose ResNet it is; docs/encoders.md says what differs. */
public enum EncoderVariant {
  /** {@code torchvision/models/resnet.py}. */
  @JsonProperty("torchvision")
  TORCHVISION,

  /** {@code google-research/supcon}, the paper's TensorFlow code. */
  @JsonProperty("authorsTf")
  AUTHORS_TF,

  /** A word that this version does not know; the rules refuse it. */
  @JsonEnumDefaultValue
  @JsonProperty("unknown")
  UNKNOWN;
}

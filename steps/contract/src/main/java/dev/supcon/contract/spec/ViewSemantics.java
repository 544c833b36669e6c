package dev.supcon.contract.spec;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/** Whose colour jitter, operations and levels they are; docs/views.md says what differs. */
public enum ViewSemantics {
  /** torchvision's transforms on Pillow images. */
  @JsonProperty("torchvision")
  TORCHVISION,

  /**
   * The paper's TensorFlow code: {@code google-research/supcon} and the {@code augment.py} of
   * TensorFlow's models that it imports.
   */
  @JsonProperty("authorsTf")
  AUTHORS_TF,

  /** A word that this version does not know; the rules refuse it. */
  @JsonEnumDefaultValue
  @JsonProperty("unknown")
  UNKNOWN;
}

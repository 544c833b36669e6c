package dev.supcon.contract.spec;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/** Layout of a data source. */
public enum DataFormat {
  /** Made by us, embedded: nothing to download. */
  @JsonProperty("shapes")
  SHAPES,

  /** CIFAR-10: the official binary tar, or an image folder of it. */
  @JsonProperty("cifar10")
  CIFAR10,

  /** `train/<class>/<image>` and `test/<class>/<image>`, as a folder or a tar of one. */
  @JsonProperty("imageFolder")
  IMAGE_FOLDER,

  /** A word that this version does not know; the rules refuse it. */
  @JsonEnumDefaultValue
  @JsonProperty("unknown")
  UNKNOWN;

  static DataFormat of(String name) {
    return switch (name) {
      case "shapes" -> SHAPES;
      case "cifar10" -> CIFAR10;
      default -> IMAGE_FOLDER;
    };
  }
}

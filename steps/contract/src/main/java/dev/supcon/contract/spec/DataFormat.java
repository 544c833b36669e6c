package dev.supcon.contract.spec;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/** Layout of a data source. */
public enum DataFormat {
  /** Made by us, embedded: nothing to download. */
  @JsonProperty("shapes")
  SHAPES,

  /** Made by us with other shapes than {@link #SHAPES}: something to transfer to. */
  @JsonProperty("shapesNovel")
  SHAPES_NOVEL,

  /** CIFAR-10: the official binary tar, or an image folder of it. */
  @JsonProperty("cifar10")
  CIFAR10,

  /** CIFAR-100: the official binary tar, or an image folder of it. */
  @JsonProperty("cifar100")
  CIFAR100,

  /** `train/<class>/<image>` and `test/<class>/<image>`, as a folder or a tar of one. */
  @JsonProperty("imageFolder")
  IMAGE_FOLDER,

  /** A word that this version does not know; the rules refuse it. */
  @JsonEnumDefaultValue
  @JsonProperty("unknown")
  UNKNOWN;

  /** Made by us: there is no source to read. */
  public boolean embedded() {
    return this == SHAPES || this == SHAPES_NOVEL;
  }

  static DataFormat of(String name) {
    return switch (name) {
      case "shapes" -> SHAPES;
      case "shapes-novel" -> SHAPES_NOVEL;
      case "cifar10" -> CIFAR10;
      case "cifar100" -> CIFAR100;
      default -> IMAGE_FOLDER;
    };
  }
}

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

  /** Describable Textures, split 1. */
  @JsonProperty("dtd")
  DTD,

  /** Food-101. */
  @JsonProperty("food101")
  FOOD101,

  /** FGVC-Aircraft by variant. */
  @JsonProperty("fgvcAircraft")
  FGVC_AIRCRAFT,

  /** Caltech-101, 30 training images a class. */
  @JsonProperty("caltech101")
  CALTECH101,

  /** SUN397, partition 1. */
  @JsonProperty("sun397")
  SUN397,

  /** Birdsnap. */
  @JsonProperty("birdsnap")
  BIRDSNAP,

  /** Oxford-IIIT Pets. */
  @JsonProperty("oxfordPets")
  OXFORD_PETS,

  /** Stanford Cars. */
  @JsonProperty("stanfordCars")
  STANFORD_CARS,

  /** Oxford Flowers-102. */
  @JsonProperty("flowers102")
  FLOWERS102,

  /** ImageNet's ILSVRC2012. */
  @JsonProperty("imagenet")
  IMAGENET,

  /** A table of paths, labels and parts. */
  @JsonProperty("csv")
  CSV,

  /** PASCAL VOC 2007, whose images have several labels each; the rules refuse it. */
  @JsonProperty("voc2007")
  VOC2007,

  /** A word that this version does not know; the rules refuse it. */
  @JsonEnumDefaultValue
  @JsonProperty("unknown")
  UNKNOWN;

  /** Made by us: there is no source to read. */
  public boolean embedded() {
    return this == SHAPES || this == SHAPES_NOVEL;
  }

  /**
   * Whether the papers report the mean over classes of each class's accuracy for it instead of
   * top-1 (BYOL, arXiv 2006.07733, table 10; the caption of SupCon's table 4).
   */
  public boolean meanPerClass() {
    return switch (this) {
      case FGVC_AIRCRAFT, CALTECH101, OXFORD_PETS, FLOWERS102 -> true;
      default -> false;
    };
  }

  static DataFormat of(String name) {
    return switch (name) {
      case "shapes" -> SHAPES;
      case "shapes-novel" -> SHAPES_NOVEL;
      case "cifar10" -> CIFAR10;
      case "cifar100" -> CIFAR100;
      case "dtd" -> DTD;
      case "food101" -> FOOD101;
      case "fgvc-aircraft" -> FGVC_AIRCRAFT;
      case "caltech101" -> CALTECH101;
      case "sun397" -> SUN397;
      case "birdsnap" -> BIRDSNAP;
      case "oxford-pets" -> OXFORD_PETS;
      case "stanford-cars" -> STANFORD_CARS;
      case "flowers102" -> FLOWERS102;
      case "imagenet" -> IMAGENET;
      case "voc2007" -> VOC2007;
      default -> IMAGE_FOLDER;
    };
  }
}

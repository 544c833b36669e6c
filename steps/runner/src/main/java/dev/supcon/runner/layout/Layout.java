package dev.supcon.runner.layout;

import dev.supcon.contract.spec.DataFormat;
import java.io.IOException;

/** How the images of a data set are told, as its authors publish it. */
public sealed interface Layout
    permits Birdsnap,
        Caltech101,
        CsvTable,
        Dtd,
        FgvcAircraft,
        Flowers102,
        Food101,
        ImageFolder,
        ImageNet,
        OxfordPets,
        StanfordCars,
        Sun397 {

  /**
   * Every image that the layout tells of; no image is read.
   *
   * @throws dev.supcon.contract.step.StepFailure {@code DATA} when what it tells is at fault
   */
  Listing list(SourceFiles files) throws IOException;

  /** The layout of a format that is one of image files. */
  static Layout of(DataFormat format) {
    return switch (format) {
      case IMAGE_FOLDER -> new ImageFolder();
      case DTD -> new Dtd();
      case FOOD101 -> new Food101();
      case FGVC_AIRCRAFT -> new FgvcAircraft();
      case CALTECH101 -> new Caltech101();
      case SUN397 -> new Sun397();
      case BIRDSNAP -> new Birdsnap();
      case OXFORD_PETS -> new OxfordPets();
      case STANFORD_CARS -> new StanfordCars();
      case FLOWERS102 -> new Flowers102();
      case IMAGENET -> new ImageNet();
      case CSV -> new CsvTable();
      case SHAPES, SHAPES_NOVEL, CIFAR10, CIFAR100, VOC2007, UNKNOWN ->
          throw new IllegalArgumentException(format + " has no image files");
    };
  }
}

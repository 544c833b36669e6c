package dev.supcon.runner.layout;

import dev.supcon.contract.spec.DataFormat;
import java.util.Locale;
import java.util.Optional;

/**
 * The size of a data set as the papers that evaluate on it give it (BYOL, arXiv 2006.07733, table
 * 10; SimCLR, arXiv 2002.05709, appendix B.8): whatever has another is not that data set.
 *
 * @param train with the validation part, where there is one
 */
public record Published(int classes, int train, int test) {

  /** The size of a format's data set; empty where every size is as good. */
  public static Optional<Published> of(DataFormat format) {
    return switch (format) {
      case DTD -> size(47, 3_760, 1_880);
      case FOOD101 -> size(101, 75_750, 25_250);
      case FGVC_AIRCRAFT -> size(100, 6_667, 3_333);
      case CALTECH101 -> size(102, 3_060, 6_084);
      case SUN397 -> size(397, 19_850, 19_850);
      case BIRDSNAP -> size(500, 47_386, 2_443);
      case OXFORD_PETS -> size(37, 3_680, 3_669);
      case STANFORD_CARS -> size(196, 8_144, 8_041);
      case FLOWERS102 -> size(102, 2_040, 6_149);
      case IMAGENET -> size(1_000, 1_281_167, 50_000);
      case SHAPES, SHAPES_NOVEL, CIFAR10, CIFAR100, IMAGE_FOLDER, CSV, VOC2007, UNKNOWN ->
          Optional.empty();
    };
  }

  private static Optional<Published> size(int classes, int train, int test) {
    return Optional.of(new Published(classes, train, test));
  }

  /**
   * Refuses a data set that is not of this size.
   *
   * @param name of the data set
   */
  public void check(String name, SourceFiles files, Listing listing) {
    Published found =
        new Published(listing.classNames().size(), listing.size(false), listing.size(true));
    if (!found.equals(this)) {
      throw files.refused(
          name,
          "has %s, published are %s; complete it, or write another format for data of your own"
              .formatted(found.words(), words()));
    }
  }

  private String words() {
    return String.format(
        Locale.ROOT, "%,d classes, %,d training and %,d test images", classes, train, test);
  }
}

package dev.supcon.runner.data;

import java.util.List;

/**
 * What is known of a packed data set; {@code index.json} of its folder.
 *
 * @param classNames by label
 * @param side of the square images, in pixels
 * @param mean of the training part by channel (R, G, B), of values from 0 to 1
 * @param std of the training part by channel
 * @param decoder who turned files into pixels; other decoders give other pixels
 * @param parts in numbers
 * @param digest SHA-256 of everything above
 */
public record PackedIndex(
    String name,
    List<String> classNames,
    int side,
    List<Double> mean,
    List<Double> std,
    String decoder,
    Parts<PackedPart> parts,
    String digest) {

  public PackedIndex {
    classNames = List.copyOf(classNames);
    mean = List.copyOf(mean);
    std = List.copyOf(std);
  }

  /** How many classes there are; labels are below it. */
  public int classes() {
    return classNames.size();
  }

  /** One part in numbers. */
  public PackedPart part(Part part) {
    return parts.of(part);
  }

  /**
   * One part in numbers.
   *
   * @param classCounts samples by label
   * @param sha256 of the labels (int32, little-endian), then of the pixels
   */
  public record PackedPart(int size, List<Integer> classCounts, String sha256) {
    public PackedPart {
      classCounts = List.copyOf(classCounts);
    }
  }
}

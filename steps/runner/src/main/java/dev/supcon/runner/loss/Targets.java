package dev.supcon.runner.loss;

import java.util.Arrays;

/**
 * What the images of a batch are: each of one class, or of two, the same share of the first for
 * all.
 *
 * @param labels [B], the first class of each image
 * @param others [B], the second; of images that are not mixed the first again
 * @param share of the first, from 0 to 1; 1 where nothing is mixed
 */
@SuppressWarnings("ArrayRecordComponent") // Made once a batch and read; never compared.
public record Targets(int[] labels, int[] others, double share) {

  /** Images of one class each. */
  public static Targets of(int... labels) {
    return new Targets(labels, labels, 1);
  }

  /** What the images have, for each row of their views, view-major. */
  public static int[] ofRows(int[] images, int views) {
    int[] rows = new int[views * images.length];
    Arrays.setAll(rows, row -> images[row % images.length]);
    return rows;
  }

  /** Those of the images from one number to before another. */
  public Targets range(int from, int to) {
    return new Targets(
        Arrays.copyOfRange(labels, from, to), Arrays.copyOfRange(others, from, to), share);
  }

  /** How many images they are of. */
  public int images() {
    return labels.length;
  }

  /** Whether the second class counts. */
  public boolean mixed() {
    return share < 1;
  }
}

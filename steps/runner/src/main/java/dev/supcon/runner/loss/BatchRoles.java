package dev.supcon.runner.loss;

import dev.supcon.contract.spec.LossAnchors;
import dev.supcon.contract.spec.LossDenominator;
import dev.supcon.contract.spec.LossSpec;
import java.util.Arrays;

/** Who asks in a batch of view-major rows, and who is meant. */
final class BatchRoles {
  private final long[] ranks;
  private final long[] positives;
  private final double[] weights;

  private BatchRoles(int rows) {
    ranks = new long[rows];
    positives = new long[rows];
    weights = new double[rows];
  }

  /**
   * The roles of a batch.
   *
   * @param views of each image
   */
  static BatchRoles of(int[] labels, LossSpec spec, int views, AnchorWeights classes) {
    int images = labels.length / views;
    if (images * views != labels.length) {
      throw new IllegalArgumentException(labels.length + " rows are not " + views + " views each");
    }
    BatchRoles roles = new BatchRoles(labels.length);
    int[] sizes = new int[Arrays.stream(labels).max().orElse(-1) + 1];
    for (int row = 0; row < labels.length; row++) {
      if (labels[row] != labels[row % images]) {
        throw new IllegalArgumentException(
            "the views of image " + row % images + " differ in label");
      }
      roles.ranks[row] = row < images ? sizes[labels[row]]++ : roles.ranks[row - images];
    }
    int anchors = spec.anchors() == LossAnchors.ONE ? images : labels.length;
    double scale = SupConLoss.scale(spec.scale(), spec.temperature());
    boolean needsNegative = spec.denominator() == LossDenominator.ONLY_NEGATIVES;
    for (int row = 0; row < labels.length; row++) {
      int size = sizes[labels[row]];
      long positives = (long) views * Math.min(keptImages(spec, views), size - 1) + views - 1;
      boolean defined = positives > 0 && !(needsNegative && size == images);
      roles.positives[row] = positives;
      roles.weights[row] = row < anchors && defined ? scale * classes.of(labels[row]) / anchors : 0;
    }
    return roles;
  }

  /** Other images of its class that an anchor keeps at most. */
  static int keptImages(LossSpec spec, int views) {
    Integer cap = spec.positivesCap();
    return cap == null ? Integer.MAX_VALUE : cap / views;
  }

  /** [M], place of the row's image among those of its class, by position in the batch. */
  long[] ranks() {
    return ranks;
  }

  /** [M], number of positives that the row keeps. */
  long[] positives() {
    return positives;
  }

  /**
   * [M], factor of the row's loss, with the spec's scale; 0 for a row that is no anchor, and for
   * one whose loss is not defined: without a positive, or compared with negatives only and without
   * one.
   */
  double[] weights() {
    return weights;
  }
}

package dev.supcon.runner.train;

import dev.supcon.contract.spec.MixingSpec;
import dev.supcon.runner.data.BetaRandom;
import dev.supcon.runner.data.CounterRandom;
import java.util.Optional;

/**
 * How the images of a batch are mixed in pairs. As in the authors' codes of both, a batch has one
 * share and one permutation.
 */
sealed interface Mixture {
  /** [B], the image that each is mixed with. */
  int[] partners();

  /** What of a mixed image is its own, and of its target. */
  double share();

  /**
   * What chance gives a batch; empty where it stays as it is.
   *
   * @param key of the batch
   * @param side of the square images, in pixels
   */
  static Optional<Mixture> draw(MixingSpec spec, long key, int images, int side) {
    if (CounterRandom.uniform(CounterRandom.key(key, 0), 0) >= spec.probability()) {
      return Optional.empty();
    }
    double share = BetaRandom.of(CounterRandom.key(key, 1), spec.alpha());
    int[] partners = CounterRandom.permutation(CounterRandom.key(key, 2), images);
    long centre = CounterRandom.key(key, 3);
    return Optional.of(
        switch (spec.type()) {
          case MIXUP -> new Blend(partners, share);
          case CUT_MIX ->
              Patch.of(
                  partners,
                  share,
                  CounterRandom.below(centre, 0, side),
                  CounterRandom.below(centre, 1, side),
                  side);
          case UNKNOWN -> throw new IllegalArgumentException("the rules refuse unknown mixing");
        });
  }

  /** Mixup: share times the image, the rest of its partner. */
  @SuppressWarnings("ArrayRecordComponent") // Made once a batch and read; never compared.
  record Blend(int[] partners, double share) implements Mixture {}

  /**
   * CutMix: a rectangle of the partner, its first and its last but excluded row and column.
   *
   * @param share of the area that is left, not the one that was drawn: an edge may have cut the
   *     rectangle
   */
  @SuppressWarnings("ArrayRecordComponent") // Made once a batch and read; never compared.
  record Patch(int[] partners, double share, int top, int bottom, int left, int right)
      implements Mixture {

    /** The rectangle of the authors' code and of torchvision; timm's is a pixel larger if odd. */
    static Patch of(int[] partners, double drawn, int x, int y, int side) {
      int half = (int) (0.5 * Math.sqrt(1 - drawn) * side);
      int top = Math.max(0, y - half);
      int bottom = Math.min(side, y + half);
      int left = Math.max(0, x - half);
      int right = Math.min(side, x + half);
      double area = (double) (bottom - top) * (right - left);
      return new Patch(partners, 1 - area / (side * (double) side), top, bottom, left, right);
    }
  }
}

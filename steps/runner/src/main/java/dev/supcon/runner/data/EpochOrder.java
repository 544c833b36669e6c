package dev.supcon.runner.data;

/** The order in which the samples of a training set are seen in one epoch. */
public final class EpochOrder {
  /** Keeps this permutation apart from every other use of the same seed and epoch. */
  private static final long PURPOSE = 0x6f72646572L; // "order"

  private EpochOrder() {}

  /** A permutation of 0 … size-1, a pure function of its arguments. */
  public static int[] of(long seed, int epoch, int size) {
    return CounterRandom.permutation(CounterRandom.key(seed, PURPOSE, epoch), size);
  }
}

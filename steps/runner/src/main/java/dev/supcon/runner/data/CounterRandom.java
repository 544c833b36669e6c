package dev.supcon.runner.data;

/**
 * Random numbers by counter: each value is a pure function of a key and a position, so there is no
 * state to save and no order to keep between threads.
 *
 * <p>Mixing is SplitMix64's finaliser (Steele, Lea and Flood 2014), once per word of the key.
 */
public final class CounterRandom {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private CounterRandom() {}

  /** A key out of words such as seed, epoch, sample, view and purpose; order matters. */
  public static long key(long first, long... rest) {
    long key = mix(first + GOLDEN);
    for (long word : rest) {
      key = mix(key + GOLDEN + mix(word + GOLDEN));
    }
    return key;
  }

  /** 64 uniform bits at a position. */
  public static long bits(long key, long position) {
    return mix(key + GOLDEN * (position + 1));
  }

  /** Uniform in [0, 1), 53 bits. */
  public static double uniform(long key, long position) {
    return (bits(key, position) >>> 11) * 0x1p-53;
  }

  /** Uniform integer in [0, bound), without modulo bias worth speaking of (below 2^-32). */
  public static int below(long key, long position, int bound) {
    return (int) Math.multiplyHigh(bits(key, position) >>> 1, (long) bound << 1);
  }

  /** Standard normal by Box and Muller, with {@code StrictMath}: the same bits everywhere. */
  public static double normal(long key, long position) {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - uniform(key, 2 * position)));
    return radius * StrictMath.cos(2 * StrictMath.PI * uniform(key, 2 * position + 1));
  }

  /** A permutation of 0 … size-1 by Fisher and Yates. */
  public static int[] permutation(long key, int size) {
    int[] order = new int[size];
    for (int i = 0; i < size; i++) {
      int j = below(key, i, i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  private static long mix(long word) {
    long z = (word ^ (word >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}

package dev.supcon.runner.data;

/** Values drawn one after the other from a counter: the order of calls is the position. */
final class Draws {
  private final long key;
  private long position;

  Draws(long key) {
    this.key = key;
  }

  double between(double low, double high) {
    return low + (high - low) * CounterRandom.uniform(key, position++);
  }

  int below(int bound) {
    return CounterRandom.below(key, position++, bound);
  }

  long bits() {
    return CounterRandom.bits(key, position++);
  }
}

package dev.supcon.runner.bench;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What rounds of two sides gave.
 *
 * @param ours median milliseconds of a step, by round
 * @param theirs likewise
 * @param idleLoad cores that the side whose turn it was not kept busy; should be near 0
 */
record Duel(List<Double> ours, List<Double> theirs, double idleLoad) {

  Duel {
    ours = List.copyOf(ours);
    theirs = List.copyOf(theirs);
    if (ours.isEmpty() || ours.size() != theirs.size()) {
      throw new IllegalArgumentException("rounds of " + ours.size() + " and " + theirs.size());
    }
  }

  double ourMedian() {
    return Median.of(ours);
  }

  double theirMedian() {
    return Median.of(theirs);
  }

  /** Their time over ours, compared within each round; more than 1 means that we are faster. */
  Spread ratio() {
    List<Double> ratios =
        IntStream.range(0, ours.size()).mapToObj(i -> theirs.get(i) / ours.get(i)).toList();
    return new Spread(
        Median.of(ratios),
        ratios.stream().min(Comparator.naturalOrder()).orElseThrow(),
        ratios.stream().max(Comparator.naturalOrder()).orElseThrow());
  }

  /** The middle of some values, the lowest and the highest. */
  record Spread(double median, double low, double high) {}
}

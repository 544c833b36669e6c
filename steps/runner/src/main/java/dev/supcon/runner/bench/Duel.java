package dev.supcon.runner.bench;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What as many turns of two sides gave, in the order in which they were taken. */
record Duel(List<Turn> ours, List<Turn> theirs) {

  Duel {
    ours = List.copyOf(ours);
    theirs = List.copyOf(theirs);
    if (ours.isEmpty() || ours.size() != theirs.size()) {
      throw new IllegalArgumentException("turns: " + ours.size() + " and " + theirs.size());
    }
  }

  /**
   * A line of speed, and one of processor time, which other programs on the machine disturb less.
   *
   * @param perStep units of a step, such as views; the speed is in {@code unit} a second
   */
  List<BenchLine> lines(String bench, String kase, String unit, double perStep) {
    return List.of(
        new BenchLine(
            bench,
            kase,
            unit + "/s",
            1000 * perStep / median(ours, Turn::milliseconds),
            1000 * perStep / median(theirs, Turn::milliseconds),
            ratio(Turn::milliseconds)),
        new BenchLine(
            bench,
            kase,
            "processor ms/step",
            median(ours, Turn::processorMilliseconds),
            median(theirs, Turn::processorMilliseconds),
            ratio(Turn::processorMilliseconds)));
  }

  /** Theirs over ours, compared within each round: more than 1 means that we need less. */
  private Ratio ratio(ToDoubleFunction<Turn> cost) {
    return Ratio.of(
        IntStream.range(0, ours.size())
            .mapToObj(i -> cost.applyAsDouble(theirs.get(i)) / cost.applyAsDouble(ours.get(i)))
            .toList());
  }

  private static double median(List<Turn> turns, ToDoubleFunction<Turn> cost) {
    return Median.of(turns.stream().mapToDouble(cost).boxed().toList());
  }

  /** Cores that a waiting side kept busy, at worst; near 0 when the sides left each other alone. */
  double idleLoad() {
    return Stream.concat(ours.stream(), theirs.stream())
        .mapToDouble(Turn::idleLoad)
        .max()
        .orElseThrow();
  }
}

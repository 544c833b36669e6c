package dev.supcon.runner.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Turns of two sides: ours, theirs, ours, … so that a drift of the machine meets both.
 *
 * @param rounds turns of each side
 * @param steps of a turn; its median counts
 */
record Rounds(int rounds, int steps) {
  /** libgomp's threads spin for some milliseconds after a parallel region before they sleep. */
  private static final Duration SETTLE = Duration.ofMillis(50);

  Duel run(Contestant ours, Contestant theirs) {
    List<Double> our = new ArrayList<>();
    List<Double> their = new ArrayList<>();
    double wall = 0;
    double busy = 0;
    for (int round = 0; round < rounds; round++) {
      Turn first = turn(ours, theirs);
      Turn second = turn(theirs, ours);
      our.add(first.milliseconds());
      their.add(second.milliseconds());
      wall += first.seconds() + second.seconds();
      busy += first.othersSeconds() + second.othersSeconds();
    }
    return new Duel(our, their, busy / wall);
  }

  private Turn turn(Contestant active, Contestant idle) {
    LockSupport.parkNanos(SETTLE.toNanos());
    Duration before = idle.processorTime();
    long begin = System.nanoTime();
    double median = Median.of(active.steps(steps));
    double seconds = (System.nanoTime() - begin) / 1e9;
    return new Turn(median, seconds, idle.processorTime().minus(before).toNanos() / 1e9);
  }

  private record Turn(double milliseconds, double seconds, double othersSeconds) {}
}

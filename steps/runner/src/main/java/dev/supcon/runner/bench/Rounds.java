package dev.supcon.runner.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Turns of two sides: ours, theirs, ours, … so that a drift of the machine meets both.
 *
 * @param rounds turns of each side
 * @param steps of a turn; their median counts
 */
record Rounds(int rounds, int steps) {
  /** libgomp's threads spin for some milliseconds after a parallel region before they sleep. */
  private static final Duration SETTLE = Duration.ofMillis(50);

  Duel run(Contestant ours, Contestant theirs) {
    List<Turn> our = new ArrayList<>();
    List<Turn> their = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      our.add(turn(ours, theirs));
      their.add(turn(theirs, ours));
    }
    return new Duel(our, their);
  }

  private Turn turn(Contestant active, Contestant idle) {
    LockSupport.parkNanos(SETTLE.toNanos());
    Duration activeBefore = active.processorTime();
    Duration idleBefore = idle.processorTime();
    long begin = System.nanoTime();
    double median = Median.of(active.steps(steps));
    double wall = System.nanoTime() - begin;
    double busy = active.processorTime().minus(activeBefore).toNanos();
    double waiting = idle.processorTime().minus(idleBefore).toNanos();
    return new Turn(median, busy / 1e6 / steps, waiting / wall);
  }
}

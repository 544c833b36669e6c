package dev.supcon.runner.bench;

import java.util.List;

/**
 * What one bench found.
 *
 * @param peer the other side's versions
 * @param idleLoad cores that a waiting side kept busy, at worst
 * @param notes what has no peer
 */
record BenchResult(String peer, double idleLoad, List<BenchLine> lines, List<String> notes) {
  BenchResult(String peer, double idleLoad, List<BenchLine> lines) {
    this(peer, idleLoad, lines, List.of());
  }

  BenchResult with(List<String> more) {
    return new BenchResult(peer, idleLoad, lines, more);
  }
}

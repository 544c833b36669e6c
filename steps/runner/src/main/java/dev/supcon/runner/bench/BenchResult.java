package dev.supcon.runner.bench;

import java.util.List;

/**
 * What one bench found.
 *
 * @param peer the other side's versions
 * @param idleLoad cores that a waiting side kept busy, at worst
 */
record BenchResult(String peer, double idleLoad, List<BenchLine> lines) {}

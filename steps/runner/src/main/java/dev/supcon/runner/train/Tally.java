package dev.supcon.runner.train;

import java.util.Map;

/** Counts over a whole run; survives a checkpoint. */
final class Tally {
  private final String name;
  private double count;

  /**
   * @param name in the checkpoint
   */
  Tally(String name) {
    this.name = name;
  }

  void add() {
    count++;
  }

  void clear() {
    count = 0;
  }

  long count() {
    return (long) count;
  }

  void save(Map<String, Double> monitor) {
    monitor.put(name, count);
  }

  void load(Map<String, Double> monitor) {
    count = monitor.getOrDefault(name, 0.0);
  }
}

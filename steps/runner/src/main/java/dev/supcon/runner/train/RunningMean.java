package dev.supcon.runner.train;

import java.util.Map;

/** The mean of what came since it was last taken; survives a checkpoint. */
final class RunningMean {
  private final String name;
  private double sum;
  private double count;

  RunningMean(String name) {
    this.name = name;
  }

  void add(double value) {
    sum += value;
    count++;
  }

  boolean empty() {
    return count == 0;
  }

  /** The mean, after which it begins anew. */
  double take() {
    double mean = sum / count;
    sum = 0;
    count = 0;
    return mean;
  }

  void save(Map<String, Double> monitor) {
    monitor.put(name + ".sum", sum);
    monitor.put(name + ".count", count);
  }

  void load(Map<String, Double> monitor) {
    sum = monitor.getOrDefault(name + ".sum", 0.0);
    count = monitor.getOrDefault(name + ".count", 0.0);
  }
}

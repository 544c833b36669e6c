package dev.supcon.runner.train;

import java.util.Map;
import java.util.OptionalDouble;

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

  /** The mean, after which it begins anew; empty when nothing came. */
  OptionalDouble take() {
    OptionalDouble mean = count == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / count);
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

package dev.supcon.runner.train;

import dev.supcon.runner.workspace.Workspace;
import java.util.Map;

/** A loss over the steps, as points and as means of epochs; without values it has neither. */
final class LossCurve {
  private static final String METRICS = "train.";

  private final String pointMetric;
  private final String epochMetric;
  private final RunningMean recent;
  private final RunningMean epoch;

  /**
   * @param name with a capital, such as {@code Loss}
   */
  LossCurve(String name) {
    this.pointMetric = METRICS + Character.toLowerCase(name.charAt(0)) + name.substring(1);
    this.epochMetric = METRICS + "epoch" + name;
    this.recent = new RunningMean("recent" + name);
    this.epoch = new RunningMean("epoch" + name);
  }

  void add(double value) {
    recent.add(value);
    epoch.add(value);
  }

  /** The mean since the last point. */
  void point(long step, Workspace workspace) {
    write(pointMetric, step, recent, workspace);
  }

  void epochIsOver(long step, Workspace workspace) {
    write(epochMetric, step, epoch, workspace);
  }

  private static void write(String metric, long step, RunningMean mean, Workspace workspace) {
    mean.take().ifPresent(value -> workspace.metric(metric, step, value));
  }

  void save(Map<String, Double> monitor) {
    recent.save(monitor);
    epoch.save(monitor);
  }

  void load(Map<String, Double> monitor) {
    recent.load(monitor);
    epoch.load(monitor);
  }
}

package dev.supcon.runner.report;

import java.util.List;

/**
 * A named series of points in the order of their steps.
 *
 * @param name such as {@code train.loss}
 */
public record Curve(String name, List<Point> points) {

  public Curve {
    points = List.copyOf(points);
  }

  /** A value at a step, which counts from 0. */
  public record Point(double step, double value) {}
}

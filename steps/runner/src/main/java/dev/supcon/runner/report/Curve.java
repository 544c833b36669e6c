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

  /** The same under another name. */
  Curve named(String other) {
    return new Curve(other, points);
  }

  /** Without points that cannot be drawn. */
  Curve finite() {
    return new Curve(name, points.stream().filter(p -> Double.isFinite(p.value())).toList());
  }

  /** A value at a step, which counts from 0. */
  public record Point(double step, double value) {}
}

package dev.supcon.runner.probe;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * Minimises a smooth function by limited-memory BFGS (Nocedal and Wright, Algorithm 7.4) with a
 * bisecting line search for the weak Wolfe conditions (Lewis and Overton 2013).
 */
final class Lbfgs {
  private static final int MEMORY = 10;
  private static final int MOST_TRIALS = 40;
  private static final double SUFFICIENT_DECREASE = 1e-4;
  private static final double CURVATURE = 0.9;

  /** A function and its gradient. */
  interface Objective {
    Point at(double[] x);
  }

  /** A place, the function's value and its gradient there. */
  @SuppressWarnings("ArrayRecordComponent") // Made once an evaluation and read; never compared.
  record Point(double[] x, double value, double[] gradient) {}

  /** A step s and the change y of the gradient along it. */
  @SuppressWarnings("ArrayRecordComponent") // As above.
  private record Pair(double[] s, double[] y, double inverse) {}

  private final Objective objective;
  private final Deque<Pair> pairs = new ArrayDeque<>();

  Lbfgs(Objective objective) {
    this.objective = objective;
  }

  /**
   * Descends until no entry of the gradient is larger than the tolerance, the iterations are used
   * up, or rounding stops all progress.
   */
  Point minimise(double[] start, double tolerance, int iterations) {
    Point here = objective.at(start);
    for (int i = 0; i < iterations && largest(here.gradient) > tolerance; i++) {
      double[] direction = direction(here.gradient);
      Point next = search(here, direction);
      if (next.equals(here)) {
        break;
      }
      remember(here, next);
      here = next;
    }
    return here;
  }

  /** -H g by the two-loop recursion; the first step has length 1 at most. */
  private double[] direction(double[] gradient) {
    double[] q = gradient.clone();
    double[] factors = new double[pairs.size()];
    int at = 0;
    for (Pair pair : pairs) { // newest first
      factors[at] = pair.inverse * dot(pair.s, q);
      add(q, -factors[at++], pair.y);
    }
    Pair newest = pairs.peekFirst();
    double scale =
        newest == null
            ? Math.min(1, 1 / Math.sqrt(dot(gradient, gradient)))
            : 1 / (newest.inverse * dot(newest.y, newest.y));
    for (int k = 0; k < q.length; k++) {
      q[k] *= -scale;
    }
    for (Iterator<Pair> oldest = pairs.descendingIterator(); oldest.hasNext(); ) {
      Pair pair = oldest.next();
      add(q, -factors[--at] - pair.inverse * dot(pair.y, q), pair.s);
    }
    return q;
  }

  /** The next point, or {@code from} itself when rounding hides every decrease. */
  private Point search(Point from, double[] direction) {
    double slope = dot(from.gradient, direction);
    double low = 0;
    double high = Double.POSITIVE_INFINITY;
    double step = 1;
    for (int trial = 0; trial < MOST_TRIALS && slope < 0; trial++) {
      double[] x = from.x.clone();
      add(x, step, direction);
      Point next = objective.at(x);
      if (!(next.value <= from.value + SUFFICIENT_DECREASE * step * slope)) {
        high = step;
      } else if (dot(next.gradient, direction) < CURVATURE * slope) {
        low = step;
      } else {
        return next;
      }
      step = high < Double.POSITIVE_INFINITY ? (low + high) / 2 : 2 * step;
    }
    return from;
  }

  private void remember(Point from, Point to) {
    double[] s = to.x.clone();
    add(s, -1, from.x);
    double[] y = to.gradient.clone();
    add(y, -1, from.gradient);
    double product = dot(s, y);
    if (product > 0) {
      pairs.addFirst(new Pair(s, y, 1 / product));
    }
    if (pairs.size() > MEMORY) {
      pairs.removeLast();
    }
  }

  static double largest(double[] values) {
    double largest = 0;
    for (double value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int k = 0; k < a.length; k++) {
      sum += a[k] * b[k];
    }
    return sum;
  }

  private static void add(double[] target, double factor, double[] values) {
    for (int k = 0; k < target.length; k++) {
      target[k] += factor * values[k];
    }
  }
}

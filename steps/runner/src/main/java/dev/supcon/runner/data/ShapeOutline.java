package dev.supcon.runner.data;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/** Outlines in the unit disc; each is told from the others at any rotation and when mirrored. */
@SuppressWarnings("ImmutableEnumChecker") // lambdas without state
enum ShapeOutline {
  DISC(false, (x, y) -> x * x + y * y < 0.8),
  RING(false, (x, y) -> between(x * x + y * y, 0.3, 0.9)),
  SQUARE(false, (x, y) -> Math.max(Math.abs(x), Math.abs(y)) < 0.74),
  FRAME(false, (x, y) -> between(Math.max(Math.abs(x), Math.abs(y)), 0.44, 0.8)),
  TRIANGLE(false, (x, y) -> insideTriangle(x, y)),
  CROSS(false, (x, y) -> Math.min(Math.abs(x), Math.abs(y)) < 0.25 && within(x, y, 0.92)),
  STAR(false, (x, y) -> insideStar(x, y)),
  CRESCENT(false, (x, y) -> x * x + y * y < 0.9 && square(x - 0.5) + y * y > 0.56),
  BAR(false, (x, y) -> Math.abs(x) < 0.98 && Math.abs(y) < 0.26),
  HOURGLASS(false, (x, y) -> Math.abs(y) < 0.85 && Math.abs(x) < 0.08 + 0.85 * Math.abs(y)),

  ARROW(true, (x, y) -> between(x, -0.95, 0.1) ? Math.abs(y) < 0.2 : insideHead(x, y)),
  HEART(true, (x, y) -> insideHeart(1.2 * x, 1.2 * y + 0.1)),
  ELL(true, (x, y) -> within(x, y, 0.8) && (x < -0.3 || y > 0.3)),
  TEE(true, (x, y) -> within(x, y, 0.85) && (y < -0.35 || Math.abs(x) < 0.25)),
  ELLIPSE(true, (x, y) -> x * x + y * y / 0.25 < 0.95),
  CUP(true, (x, y) -> within(x, y, 0.78) && (y > 0.3 || Math.abs(x) > 0.35)),
  WEDGE(true, (x, y) -> x * x + y * y < 0.9 && !(x > 0 && Math.abs(y) < 0.7 * x)),
  PAIR(true, (x, y) -> square(Math.abs(x) - 0.55) + y * y < 0.16);

  private static final double ROOT_3 = Math.sqrt(3);
  private static final double[] COS_5 = around5(StrictMath::cos);
  private static final double[] SIN_5 = around5(StrictMath::sin);

  private final boolean novel;
  private final Inside inside;

  ShapeOutline(boolean novel, Inside inside) {
    this.novel = novel;
    this.inside = inside;
  }

  /** The outlines of one data set, in the order of its labels. */
  static List<ShapeOutline> of(boolean novel) {
    return Arrays.stream(values()).filter(outline -> outline.novel == novel).toList();
  }

  boolean contains(double x, double y) {
    return inside.test(x, y);
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static double square(double value) {
    return value * value;
  }

  private static boolean between(double value, double low, double high) {
    return value > low && value < high;
  }

  private static boolean within(double x, double y, double half) {
    return Math.max(Math.abs(x), Math.abs(y)) < half;
  }

  private static boolean insideHead(double x, double y) {
    return between(x, 0, 1) && Math.abs(y) < 0.75 * (0.95 - x);
  }

  /** The curve (x^2 + y^2 - 1)^3 = x^2 y^3, upside down. */
  private static boolean insideHeart(double x, double y) {
    double ring = x * x + y * y - 0.75;
    return ring * ring * ring + x * x * y * y * y < 0;
  }

  /** Equilateral, corners on the unit circle, one of them at the top. */
  private static boolean insideTriangle(double x, double y) {
    return y < 0.5 && ROOT_3 * Math.abs(x) < y + 1;
  }

  /** A pentagram is where at most one side of its pentagon is crossed. */
  private static boolean insideStar(double x, double y) {
    int crossed = 0;
    for (int i = 0; i < 5; i++) {
      if (x * COS_5[i] + y * SIN_5[i] > 0.34) {
        crossed++;
      }
    }
    return crossed <= 1 && x * x + y * y < 1.2;
  }

  private static double[] around5(DoubleUnaryOperator function) {
    return IntStream.range(0, 5)
        .mapToDouble(i -> function.applyAsDouble(2 * StrictMath.PI * i / 5))
        .toArray();
  }

  /** Whether a point of the unit disc belongs to the shape. */
  private interface Inside {
    boolean test(double x, double y);
  }
}

package dev.supcon.runner.data;

import java.util.List;

/** Grey patterns without end; those of the test part are never seen in training. */
@SuppressWarnings("ImmutableEnumChecker") // lambdas without state
enum ShapeTexture {
  GRADIENT((x, y, key) -> wave(0.12 * x)),
  STRIPES((x, y, key) -> wave(x)),
  SPOTS(
      (x, y, key) ->
          Math.min(1, 2.2 * Math.max(0, 1.05 - radius(2 * frac(x) - 1, 2 * frac(y) - 1)))),
  CLOUDS((x, y, key) -> clouds(1.3 * x, 1.3 * y, key)),

  CHECKS((x, y, key) -> wave(x) > 0.5 == wave(y) > 0.5 ? 1 : 0),
  RIPPLES((x, y, key) -> wave(radius(x - 1.7, y - 1.1))),
  WEAVE((x, y, key) -> 0.5 * (wave(x + 0.3 * y) + wave(y - 0.6 * x))),
  SPECKLES((x, y, key) -> lattice((long) Math.floor(3 * x), (long) Math.floor(3 * y), key));

  private final Pattern pattern;

  ShapeTexture(Pattern pattern) {
    this.pattern = pattern;
  }

  /** The patterns of the training set, or those of the test set. */
  static List<ShapeTexture> of(boolean test) {
    return test
        ? List.of(CHECKS, RIPPLES, WEAVE, SPECKLES)
        : List.of(GRADIENT, STRIPES, SPOTS, CLOUDS);
  }

  /** From 0 to 1; the pattern repeats after about one unit. */
  double at(double x, double y, long key) {
    return pattern.at(x, y, key);
  }

  private static double frac(double value) {
    return value - Math.floor(value);
  }

  private static double radius(double x, double y) {
    return Math.sqrt(x * x + y * y);
  }

  /** A smooth wave of period 1, without trigonometry. */
  private static double wave(double value) {
    return smooth(Math.abs(2 * frac(value) - 1));
  }

  private static double smooth(double value) {
    return value * value * (3 - 2 * value);
  }

  /** Value noise. */
  private static double clouds(double x, double y, long key) {
    long column = (long) Math.floor(x);
    long row = (long) Math.floor(y);
    double right = smooth(frac(x));
    double top = mix(lattice(column, row, key), lattice(column + 1, row, key), right);
    double bottom = mix(lattice(column, row + 1, key), lattice(column + 1, row + 1, key), right);
    return mix(top, bottom, smooth(frac(y)));
  }

  private static double mix(double a, double b, double share) {
    return a + (b - a) * share;
  }

  private static double lattice(long column, long row, long key) {
    return CounterRandom.uniform(CounterRandom.key(key, column), row);
  }

  /** A grey value of a place. */
  private interface Pattern {
    double at(double x, double y, long key);
  }
}

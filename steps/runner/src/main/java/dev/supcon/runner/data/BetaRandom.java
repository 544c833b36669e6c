package dev.supcon.runner.data;

/**
 * Numbers of the symmetric Beta distribution by counter, as the share of one of two Gamma numbers
 * (Marsaglia and Tsang 2000), whose logarithms keep what a small alpha would underflow.
 */
public final class BetaRandom {
  private BetaRandom() {}

  /** Beta(alpha, alpha), from 0 to 1, a pure function of its arguments. */
  public static double of(long key, double alpha) {
    double first = logGamma(CounterRandom.key(key, 0), alpha);
    double second = logGamma(CounterRandom.key(key, 1), alpha);
    return 1 / (1 + StrictMath.exp(second - first));
  }

  /** The logarithm of a Gamma(alpha, 1) number: of one of alpha + 1, times U^(1 / alpha). */
  private static double logGamma(long key, double alpha) {
    double d = alpha + 1 - 1.0 / 3;
    double c = 1 / StrictMath.sqrt(9 * d);
    long normals = CounterRandom.key(key, 0);
    long uniforms = CounterRandom.key(key, 1);
    for (long attempt = 1; ; attempt++) { // 19 of 20 are the last
      double x = CounterRandom.normal(normals, attempt);
      double v = (1 + c * x) * (1 + c * x) * (1 + c * x);
      double u = 1 - CounterRandom.uniform(uniforms, attempt);
      if (v > 0 && StrictMath.log(u) < 0.5 * x * x + d - d * v + d * StrictMath.log(v)) {
        double boost = StrictMath.log(1 - CounterRandom.uniform(uniforms, 0)) / alpha;
        return StrictMath.log(d * v) + boost;
      }
    }
  }
}

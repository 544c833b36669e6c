package dev.supcon.runner.imagenetc;

import dev.supcon.runner.data.CounterRandom;

/**
 * The random draws of one image at one severity: functions of their position, so that neither
 * threads nor order change them. {@code dev/oracles/corruption_draws.py} draws the same.
 *
 * @param key of image and severity
 */
record Draws(long key) {

  /** Others, for what else the same corruption draws. */
  Draws stream(int number) {
    return new Draws(CounterRandom.key(key, number));
  }

  /** Standard normal. */
  double normal(int position) {
    return CounterRandom.normal(key, position);
  }

  /** Normal ones at the first positions. */
  double[] normals(int count, double mean, double deviation) {
    double[] normals = new double[count];
    for (int i = 0; i < count; i++) {
      normals[i] = mean + deviation * normal(i);
    }
    return normals;
  }

  /** Uniform in [0, 1). */
  double uniform(int position) {
    return CounterRandom.uniform(key, position);
  }

  /** Uniform in [low, high), as NumPy scales it. */
  double uniform(int position, double low, double high) {
    return low + (high - low) * uniform(position);
  }

  /** Uniform integer in [-reach, reach). */
  int step(int position, int reach) {
    return CounterRandom.below(key, position, 2 * reach) - reach;
  }
}

package dev.supcon.runner.bench;

import java.util.Collections;
import java.util.List;

/**
 * How many times better we are than the peer, in every round.
 *
 * @param low of the worst round
 * @param high of the best
 */
public record Ratio(double median, double low, double high) {

  static Ratio of(List<Double> rounds) {
    return new Ratio(Median.of(rounds), Collections.min(rounds), Collections.max(rounds));
  }
}

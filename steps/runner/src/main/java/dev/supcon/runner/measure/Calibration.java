package dev.supcon.runner.measure;

import java.util.function.BiFunction;

/** How far a classifier's confidence can be believed, and the temperature that mends it. */
public final class Calibration {
  /** Bounds of 1 / T: a holdout without a single error would otherwise ask for T = 0. */
  private static final double LOWEST = 0.05;

  private static final double HIGHEST = 20;
  private static final int MOST_ROUNDS = 100;

  private Calibration() {}

  /** The reliability diagram of softmax(logits / temperature). */
  public static Reliability reliability(Predictions predictions, double temperature) {
    return confidences(predictions, temperature, Reliability::of);
  }

  /** The same in bins that hold as many rows each: its error is the adaptive one. */
  public static Reliability evenReliability(Predictions predictions, double temperature) {
    return confidences(predictions, temperature, Reliability::ofEqualCounts);
  }

  private static Reliability confidences(
      Predictions predictions,
      double temperature,
      BiFunction<double[], boolean[], Reliability> bins) {
    double[] confidence = new double[predictions.size()];
    boolean[] correct = new boolean[predictions.size()];
    for (int row = 0; row < predictions.size(); row++) {
      int best = predictions.best(row);
      confidence[row] = 1 / new Softmax(predictions, row, best, 1 / temperature).sum;
      correct[row] = best == predictions.labels()[row];
    }
    return bins.apply(confidence, correct);
  }

  /** Mean of -log softmax(logits / temperature) at the label, in nats. */
  public static double negativeLogLikelihood(Predictions predictions, double temperature) {
    double beta = 1 / temperature;
    double total = 0;
    for (int row = 0; row < predictions.size(); row++) {
      int best = predictions.best(row);
      double own = predictions.logit(row, predictions.labels()[row]);
      double gap = beta * (own - predictions.logit(row, best));
      total += Math.log(new Softmax(predictions, row, best, beta).sum) - gap;
    }
    return total / Math.max(1, predictions.size());
  }

  /**
   * Temperature scaling (Guo et al. 2017): the T in [0.05, 20] that minimises the negative log
   * likelihood on held-out predictions; 1 when there are none.
   *
   * <p>The likelihood is convex in beta = 1/T, with first derivative mean(E[z] - z_label) and
   * second mean(Var[z]); Newton's steps are kept inside a shrinking bracket.
   */
  public static double fitTemperature(Predictions holdout) {
    if (holdout.size() == 0) {
      return 1;
    }
    double low = LOWEST;
    double high = HIGHEST;
    double beta = 1;
    for (int round = 0; round < MOST_ROUNDS && high - low > 1e-12; round++) {
      double[] slope = slopes(holdout, beta);
      if (slope[0] > 0) {
        high = beta;
      } else {
        low = beta;
      }
      double next = beta - slope[0] / slope[1];
      next = next > low && next < high ? next : Math.sqrt(low * high);
      if (Math.abs(next - beta) <= 1e-12 * beta) {
        break;
      }
      beta = next;
    }
    return 1 / beta;
  }

  /** First and second derivative of the mean negative log likelihood with respect to beta. */
  private static double[] slopes(Predictions predictions, double beta) {
    double first = 0;
    double second = 0;
    for (int row = 0; row < predictions.size(); row++) {
      int best = predictions.best(row);
      Softmax softmax = new Softmax(predictions, row, best, beta);
      double own = predictions.logit(row, predictions.labels()[row]);
      first += softmax.mean - (own - predictions.logit(row, best));
      second += softmax.variance;
    }
    return new double[] {first / predictions.size(), second / predictions.size()};
  }

  /** Moments of a row's logits under their softmax, measured from the highest logit. */
  private static final class Softmax {
    final double sum;
    final double mean;
    final double variance;

    Softmax(Predictions predictions, int row, int best, double beta) {
      double total = 0;
      double weighted = 0;
      double squared = 0;
      double top = predictions.logit(row, best);
      for (int c = 0; c < predictions.classes(); c++) {
        double z = predictions.logit(row, c) - top;
        double e = Math.exp(beta * z);
        total += e;
        weighted += e * z;
        squared += e * z * z;
      }
      sum = total;
      mean = weighted / total;
      variance = Math.max(0, squared / total - mean * mean);
    }
  }
}

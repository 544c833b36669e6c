package dev.supcon.runner.measure;

import java.util.stream.IntStream;

/** How often the true class is among the first. */
public final class Accuracy {
  private Accuracy() {}

  /**
   * Fraction of rows whose label is among the k highest scores. Of equal scores the lower class
   * comes first; a score that is no number counts as higher than the label's.
   */
  public static double top(int k, Predictions predictions) {
    int hits = 0;
    for (int row = 0; row < predictions.size(); row++) {
      if (rank(predictions, row) < k) {
        hits++;
      }
    }
    return predictions.size() == 0 ? 0 : (double) hits / predictions.size();
  }

  /**
   * Top-1 of each class, averaged over the classes that have rows (scikit-learn's balanced
   * accuracy; "mean per class" of the transfer sets).
   */
  public static double meanPerClass(Predictions predictions) {
    int[] rows = new int[predictions.classes()];
    int[] hits = new int[predictions.classes()];
    for (int row = 0; row < predictions.size(); row++) {
      int label = predictions.labels()[row];
      rows[label]++;
      hits[label] += rank(predictions, row) == 0 ? 1 : 0;
    }
    return IntStream.range(0, rows.length)
        .filter(label -> rows[label] > 0)
        .mapToDouble(label -> (double) hits[label] / rows[label])
        .average()
        .orElse(0);
  }

  private static int rank(Predictions predictions, int row) {
    int label = predictions.labels()[row];
    float own = predictions.logit(row, label);
    int ahead = 0;
    for (int other = 0; other < predictions.classes(); other++) {
      float score = predictions.logit(row, other);
      boolean behind = score < own || (score == own && other > label);
      if (other != label && !behind) {
        ahead++;
      }
    }
    return ahead;
  }
}

package dev.supcon.runner.measure;

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

package dev.supcon.runner.measure;

/**
 * Softmax of a classifier's logits, as probabilities of every class.
 *
 * @param values row-major [N, C]
 * @param classes C
 * @param labels [N]
 */
@SuppressWarnings("ArrayRecordComponent") // Millions of numbers; nobody compares two of these.
public record Probabilities(double[] values, int classes, int[] labels) {

  /** softmax(logits / temperature). */
  public static Probabilities of(Predictions predictions, double temperature) {
    int classes = predictions.classes();
    double[] values = new double[predictions.size() * classes];
    for (int row = 0; row < predictions.size(); row++) {
      double top = predictions.logit(row, predictions.best(row));
      double sum = 0;
      for (int c = 0; c < classes; c++) {
        values[row * classes + c] = Math.exp((predictions.logit(row, c) - top) / temperature);
        sum += values[row * classes + c];
      }
      for (int c = 0; c < classes; c++) {
        values[row * classes + c] /= sum;
      }
    }
    return new Probabilities(values, classes, predictions.labels());
  }

  private double value(int row, int column) {
    return values[row * classes + column];
  }

  /** Brier's score (1950): mean over rows of sum_c (p_c - [c is the label])^2, from 0 to 2. */
  public double brierScore() {
    double total = 0;
    for (int row = 0; row < labels.length; row++) {
      for (int c = 0; c < classes; c++) {
        double gap = value(row, c) - (c == labels[row] ? 1 : 0);
        total += gap * gap;
      }
    }
    return total / Math.max(1, labels.length);
  }

  /**
   * Mean over the classes of the calibration error of the question "is it this class?" (Kull et al.
   * 2019, section 2; 15 bins of equal width).
   */
  public double classwiseError() {
    double total = 0;
    double[] confidence = new double[labels.length];
    boolean[] right = new boolean[labels.length];
    for (int c = 0; c < classes; c++) {
      for (int row = 0; row < labels.length; row++) {
        confidence[row] = value(row, c);
        right[row] = labels[row] == c;
      }
      total += Reliability.of(confidence, right).expectedCalibrationError();
    }
    return total / Math.max(1, classes);
  }

  /**
   * Rows by margin, in so many bins of equal width over [-1, 1]: the label's probability less the
   * highest of the others; above 0 the row is right.
   */
  public int[] margins(int bins) {
    int[] counts = new int[bins];
    for (int row = 0; row < labels.length; row++) {
      double other = 0;
      for (int c = 0; c < classes; c++) {
        other = c == labels[row] ? other : Math.max(other, value(row, c));
      }
      double margin = value(row, labels[row]) - other;
      counts[Math.clamp((long) Math.floor((margin + 1) / 2 * bins), 0, bins - 1)]++;
    }
    return counts;
  }
}

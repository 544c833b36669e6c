package dev.supcon.runner.measure;

/**
 * Scores of a classifier beside the truth.
 *
 * @param logits row-major [N, C]
 * @param classes C
 * @param labels [N], each in 0 … C-1
 */
@SuppressWarnings("ArrayRecordComponent") // Millions of scores; nobody compares two of these.
public record Predictions(float[] logits, int classes, int[] labels) {

  /**
   * @throws IllegalArgumentException when the sizes do not agree
   */
  public Predictions {
    if ((long) labels.length * classes != logits.length) {
      throw new IllegalArgumentException(
          logits.length + " logits for " + labels.length + " labels of " + classes + " classes");
    }
  }

  public int size() {
    return labels.length;
  }

  float logit(int row, int column) {
    return logits[row * classes + column];
  }

  /** The column of a row's highest score; of equal ones the first. */
  int best(int row) {
    int best = 0;
    for (int c = 1; c < classes; c++) {
      if (logit(row, c) > logit(row, best)) {
        best = c;
      }
    }
    return best;
  }
}

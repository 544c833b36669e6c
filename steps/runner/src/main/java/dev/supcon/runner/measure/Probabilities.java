package dev.supcon.runner.measure;

import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The probabilities softmax(logits / temperature) of every class, a row at a time: those of
 * ImageNet's 50,000 rows of 1,000 would be 400 MB.
 */
public record Probabilities(Predictions predictions, double temperature) {

  /** What is done with a row. */
  private interface Row {
    /**
     * @param probabilities of the classes, overwritten by the next row's
     */
    void take(double[] probabilities, int label);
  }

  private void forEach(Row work) {
    double[] probabilities = new double[predictions.classes()];
    for (int row = 0; row < predictions.size(); row++) {
      double top = predictions.logit(row, predictions.best(row));
      double sum = 0;
      for (int c = 0; c < probabilities.length; c++) {
        probabilities[c] = Math.exp((predictions.logit(row, c) - top) / temperature);
        sum += probabilities[c];
      }
      for (int c = 0; c < probabilities.length; c++) {
        probabilities[c] /= sum;
      }
      work.take(probabilities, predictions.labels()[row]);
    }
  }

  /** Brier's score (1950): mean over rows of sum_c (p_c - [c is the label])^2, from 0 to 2. */
  public double brierScore() {
    double[] total = {0};
    forEach(
        (probabilities, label) -> {
          for (int c = 0; c < probabilities.length; c++) {
            double gap = probabilities[c] - (c == label ? 1 : 0);
            total[0] += gap * gap;
          }
        });
    return total[0] / Math.max(1, predictions.size());
  }

  /**
   * Mean over the classes of the calibration error of the question "is it this class?" (Kull et al.
   * 2019, section 2; 15 bins of equal width).
   */
  public double classwiseError() {
    Reliability.Tally[] tallies =
        Stream.generate(Reliability.Tally::new)
            .limit(predictions.classes())
            .toArray(Reliability.Tally[]::new);
    forEach(
        (probabilities, label) ->
            IntStream.range(0, tallies.length)
                .forEach(c -> tallies[c].add(probabilities[c], c == label)));
    return Stream.of(tallies)
        .mapToDouble(tally -> tally.reliability().expectedCalibrationError())
        .average()
        .orElse(0);
  }

  /**
   * Rows by margin, in so many bins of equal width over [-1, 1]: the label's probability less the
   * highest of the others; above 0 the row is right.
   */
  public int[] margins(int bins) {
    int[] counts = new int[bins];
    forEach(
        (probabilities, label) -> {
          double other = 0;
          for (int c = 0; c < probabilities.length; c++) {
            other = c == label ? other : Math.max(other, probabilities[c]);
          }
          double margin = probabilities[label] - other;
          counts[Math.clamp((long) Math.floor((margin + 1) / 2 * bins), 0, bins - 1)]++;
        });
    return counts;
  }
}

package dev.supcon.runner.measure;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The reliability diagram of a classifier: 15 bins of equal width over (0, 1], the lower edge open,
 * the upper closed (Guo et al. 2017, gpleiss/temperature_scaling).
 */
public record Reliability(List<Bin> bins) {
  static final int BINS = 15;

  /**
   * Predictions of one range of confidence.
   *
   * @param accuracy fraction that is right; 0 in an empty bin
   * @param confidence mean confidence; 0 in an empty bin
   */
  public record Bin(double lower, double upper, int count, double accuracy, double confidence) {}

  public Reliability {
    bins = List.copyOf(bins);
  }

  /** Bins of predictions, each with its confidence in (0, 1]. */
  public static Reliability of(double[] confidence, boolean[] correct) {
    Tally tally = new Tally();
    for (int i = 0; i < confidence.length; i++) {
      tally.add(confidence[i], correct[i]);
    }
    return tally.reliability();
  }

  /** A diagram in the making, prediction by prediction. */
  static final class Tally {
    private final int[] count = new int[BINS];
    private final int[] hits = new int[BINS];
    private final double[] sum = new double[BINS];

    void add(double confidence, boolean correct) {
      int bin = bin(confidence);
      count[bin]++;
      hits[bin] += correct ? 1 : 0;
      sum[bin] += confidence;
    }

    Reliability reliability() {
      List<Bin> bins = new ArrayList<>();
      for (int b = 0; b < BINS; b++) {
        double n = Math.max(1, count[b]);
        bins.add(new Bin(edge(b), edge(b + 1), count[b], hits[b] / n, sum[b] / n));
      }
      return new Reliability(bins);
    }
  }

  /**
   * Bins of as equal counts as can be, by rising confidence (adaptive calibration error of the top
   * class; Nixon et al. 2019). Equal confidences are taken in the rows' order.
   */
  public static Reliability ofEqualCounts(double[] confidence, boolean[] correct) {
    List<Integer> rising =
        IntStream.range(0, confidence.length)
            .boxed()
            .sorted(Comparator.comparingDouble(row -> confidence[row]))
            .toList();
    List<Bin> bins = new ArrayList<>();
    for (int b = 0; b < BINS; b++) {
      List<Integer> rows = rising.subList(share(rising, b), share(rising, b + 1));
      if (!rows.isEmpty()) {
        bins.add(
            new Bin(
                confidence[rows.getFirst()],
                confidence[rows.getLast()],
                rows.size(),
                rows.stream().mapToInt(row -> correct[row] ? 1 : 0).average().orElse(0),
                rows.stream().mapToDouble(row -> confidence[row]).average().orElse(0)));
      }
    }
    return new Reliability(bins);
  }

  /** The first ones hold one row more where it does not go even (numpy.array_split). */
  private static int share(List<Integer> rows, int bins) {
    return rows.size() / BINS * bins + Math.min(bins, rows.size() % BINS);
  }

  /** ECE = sum over bins of (n_b / n) |accuracy_b - confidence_b|. */
  public double expectedCalibrationError() {
    double gap = 0;
    int total = 0;
    for (Bin bin : bins) {
      gap += bin.count() * Math.abs(bin.accuracy() - bin.confidence());
      total += bin.count();
    }
    return gap / Math.max(1, total);
  }

  private static int bin(double confidence) {
    int bin = Math.clamp((long) Math.ceil(confidence * BINS) - 1, 0, BINS - 1);
    // The product rounds: an edge belongs to the bin below it.
    if (bin > 0 && confidence <= edge(bin)) {
      return bin - 1;
    }
    return bin < BINS - 1 && confidence > edge(bin + 1) ? bin + 1 : bin;
  }

  private static double edge(int bin) {
    return (double) bin / BINS;
  }
}

package dev.supcon.runner.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * A range of values with round ticks.
 *
 * @param low the first tick
 * @param high where the axis ends
 * @param step between two ticks: 1, 2 or 5 times a power of ten
 */
record Scale(double low, double high, double step) {
  private static final int TICKS = 5;

  /** Around finite values; a lone value stands in the middle, and without any it is 0 to 1. */
  static Scale of(double least, double most) {
    if (!Double.isFinite(least) || !Double.isFinite(most)) {
      return of(0, 1);
    }
    double pad = most > least ? 0 : Math.max(Math.abs(least) * 0.1, 1e-3);
    double step = roundUp((most - least + 2 * pad) / TICKS);
    return new Scale(
        Math.floor((least - pad) / step + 1e-9) * step,
        Math.ceil((most + pad) / step - 1e-9) * step,
        step);
  }

  /** Of counts: from 0 to the last one, with whole ticks. */
  static Scale ofCounts(double most) {
    double high = Double.isFinite(most) ? Math.max(1, most) : 1;
    return new Scale(0, high, Math.max(1, of(0, high).step));
  }

  private static double roundUp(double step) {
    double power = Math.pow(10, Math.floor(Math.log10(step)));
    double first = step / power;
    return power * (first <= 1 ? 1 : first <= 2 ? 2 : first <= 5 ? 5 : 10);
  }

  List<Double> ticks() {
    int intervals = (int) Math.floor((high - low) / step + 1e-9);
    return IntStream.rangeClosed(0, intervals).mapToObj(i -> low + i * step).toList();
  }

  /** Where a value lies, from 0 to 1. */
  double share(double value) {
    return (value - low) / (high - low);
  }

  /** As many digits as tell two ticks apart. */
  String label(double tick) {
    int digits = Math.max(0, (int) -Math.floor(Math.log10(step) + 1e-9));
    double clean = Math.abs(tick) < step / 2 ? 0 : tick; // never "-0"
    boolean plain = digits <= 4 && Math.abs(clean) < 1e6;
    return plain
        ? String.format(Locale.ROOT, "%." + digits + "f", clean)
        : String.format(Locale.ROOT, "%.1e", clean);
  }
}

package dev.supcon.runner.report;

import java.util.Locale;

/** Numbers as people read them. */
final class Figure {
  private static final double Z = 1.959964; // 95 % of a normal distribution
  private static final String NONE = "not finite";

  private Figure() {}

  /** A fraction as percent with one digit. */
  static String percent(double fraction) {
    return Double.isFinite(fraction) ? String.format(Locale.ROOT, "%.1f %%", 100 * fraction) : NONE;
  }

  /** A number with as many digits as a reader wants. */
  static String number(double value) {
    if (!Double.isFinite(value)) {
      return NONE;
    }
    double size = Math.abs(value);
    String format =
        size >= 1000 || value == Math.rint(value)
            ? "%.0f"
            : size >= 10 ? "%.1f" : size >= 1e-3 ? "%.4f" : "%.2e";
    return String.format(Locale.ROOT, format, value);
  }

  /** A fact as it was recorded, but for digits that nobody reads. */
  static String brief(String fact) {
    return fact.matches("-?\\d+\\.\\d{5,}(E-?\\d+)?") ? number(Double.parseDouble(fact)) : fact;
  }

  /** Seconds up to two minutes, then minutes, then hours. */
  static String duration(double seconds) {
    long whole = Math.round(seconds);
    if (whole < 120) {
      return String.format(Locale.ROOT, seconds < 10 ? "%.1f s" : "%.0f s", seconds);
    }
    return whole < 7200
        ? String.format(Locale.ROOT, "%d min %02d s", whole / 60, whole % 60)
        : String.format(Locale.ROOT, "%d h %02d min", whole / 3600, whole % 3600 / 60);
  }

  /** Wilson's 95 % interval of a fraction among so many images; empty words without images. */
  static String interval(double fraction, long images) {
    if (images <= 0 || !Double.isFinite(fraction)) {
      return "";
    }
    double z2 = Z * Z / images;
    double middle = (fraction + z2 / 2) / (1 + z2);
    double half =
        Z / (1 + z2) * Math.sqrt(fraction * (1 - fraction) / images + z2 / (4.0 * images));
    return String.format(
        Locale.ROOT, "95 %%: %.1f to %.1f", 100 * (middle - half), 100 * (middle + half));
  }

  /** {@code gaussianNoise} as {@code gaussian noise}. */
  static String words(String camelCase) {
    return camelCase.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
  }
}

package dev.supcon.runner.report;

import java.util.Locale;

/** The frame of a plot: a range of values on a drawing of 640 by 300 units. */
record Axes(double xMin, double xMax, double yMin, double yMax) {
  static final int WIDTH = 640;
  static final int HEIGHT = 300;
  private static final int LEFT = 62;
  private static final int RIGHT = 14;
  private static final int TOP = 14;
  private static final int BOTTOM = 42;

  Axes {
    if (xMax <= xMin) {
      xMax = xMin + 1;
    }
    if (yMax <= yMin) {
      yMax = yMin + 1;
    }
  }

  double x(double value) {
    return LEFT + (value - xMin) / (xMax - xMin) * (WIDTH - LEFT - RIGHT);
  }

  double y(double value) {
    return HEIGHT - BOTTOM - (value - yMin) / (yMax - yMin) * (HEIGHT - TOP - BOTTOM);
  }

  /** The opening tag, the grid with its numbers, and the names of the axes. */
  String open(String title, String xName, String yName) {
    StringBuilder svg =
        new StringBuilder(
            format(
                "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">",
                WIDTH, HEIGHT, Html.escape(title)));
    for (int i = 0; i <= 5; i++) {
      double across = xMin + (xMax - xMin) * i / 5;
      double up = yMin + (yMax - yMin) * i / 5;
      svg.append(format("<path class=\"grid\" d=\"M%d %.1fH%d\"/>", LEFT, y(up), WIDTH - RIGHT))
          .append(label(LEFT - 6, y(up) + 4, "end", Html.number(up)))
          .append(label(x(across), HEIGHT - BOTTOM + 16, "middle", Html.number(across)));
    }
    svg.append(label((LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 6, "middle", xName))
        .append(
            format(
                "<text transform=\"translate(13 %d) rotate(-90)\" text-anchor=\"middle\">%s</text>",
                (TOP + HEIGHT - BOTTOM) / 2, Html.escape(yName)));
    return svg.toString();
  }

  private static String label(double x, double y, String anchor, String text) {
    return format(
        "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>",
        x, y, anchor, Html.escape(text));
  }

  static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}

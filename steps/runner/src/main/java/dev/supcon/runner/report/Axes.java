package dev.supcon.runner.report;

import java.util.Locale;

/**
 * The frame of a plot: two scales on a drawing 400 units wide, so that its text can be read on a
 * phone.
 */
record Axes(Scale across, Scale up, int height) {
  static final int LOW = 250;
  static final int HIGH = 360;
  private static final int WIDTH = 400;
  private static final int LEFT = 58;
  private static final int RIGHT = 16;
  private static final int TOP = 12;
  private static final int BOTTOM = 46;

  double x(double value) {
    return LEFT + across.share(value) * (WIDTH - LEFT - RIGHT);
  }

  double y(double value) {
    return height - BOTTOM - up.share(value) * (height - TOP - BOTTOM);
  }

  /**
   * The opening tag, the grid with its numbers, and the names of the axes.
   *
   * @param summary what a reader who does not see the drawing has to know
   */
  String open(String summary, String xName, String yName) {
    StringBuilder svg =
        new StringBuilder(
            format(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\""
                    + " aria-label=\"%s\">",
                WIDTH, height, Html.escape(summary)));
    for (double tick : up.ticks()) {
      svg.append(format("<path class=\"grid\" d=\"M%d %.1fH%d\"/>", LEFT, y(tick), WIDTH - RIGHT))
          .append(label(LEFT - 7, y(tick) + 4, "end", up.label(tick)));
    }
    for (double tick : across.ticks()) {
      svg.append(label(x(tick), height - BOTTOM + 18, "middle", across.label(tick)));
    }
    return svg.append(label((LEFT + WIDTH - RIGHT) / 2.0, height - 8, "middle", xName))
        .append(
            format(
                "<text transform=\"translate(13 %d) rotate(-90)\" text-anchor=\"middle\">%s</text>",
                (TOP + height - BOTTOM) / 2, Html.escape(yName)))
        .toString();
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

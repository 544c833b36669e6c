package dev.supcon.runner.report;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** Plots as SVG, drawn without a script so that a page prints and reads offline. */
final class Plots {
  /** So many colours are told apart; the page's style names them c0, c1, … */
  static final int COLOURS = 10;

  private static final int MOST_POINTS = 600;
  private static final int DOTTED = 12; // fewer points than this are shown one by one

  private Plots() {}

  /**
   * What a plot is called and what its axes say.
   *
   * @param fromZero whether the upward axis has to show 0
   */
  record Words(String title, String across, String up, boolean fromZero) {}

  /** Curves over one another, with a legend when there are several. */
  static String lines(Words words, List<Curve> given) {
    List<Curve> curves = given.stream().map(Curve::finite).toList();
    double least = words.fromZero() ? 0 : least(curves, Curve.Point::value);
    Axes axes =
        new Axes(
            Scale.ofCounts(most(curves, Curve.Point::step)),
            Scale.of(least, most(curves, Curve.Point::value)),
            Axes.LOW);
    StringBuilder svg =
        new StringBuilder(axes.open(summary(words, curves), words.across(), words.up()));
    for (int i = 0; i < curves.size(); i++) {
      svg.append(path(axes, curves.get(i).points(), i));
    }
    List<String> names = curves.stream().map(Curve::name).toList();
    return figure(words.title(), svg.append("</svg>") + legend(names));
  }

  private static String summary(Words words, List<Curve> curves) {
    StringBuilder text = new StringBuilder(words.title());
    for (Curve curve : curves) {
      if (curve.points().isEmpty()) {
        text.append("; ").append(curve.name()).append(": no finite value");
      } else {
        text.append("; ").append(curve.name()).append(": ");
        text.append(Figure.number(curve.points().getFirst().value())).append(" to ");
        text.append(Figure.number(curve.points().getLast().value()));
      }
    }
    return text.toString();
  }

  private static double least(List<Curve> curves, ToDoubleFunction<Curve.Point> of) {
    return curves.stream().flatMap(c -> c.points().stream()).mapToDouble(of).min().orElse(0);
  }

  private static double most(List<Curve> curves, ToDoubleFunction<Curve.Point> of) {
    return curves.stream().flatMap(c -> c.points().stream()).mapToDouble(of).max().orElse(1);
  }

  private static String path(Axes axes, List<Curve.Point> points, int curve) {
    StringBuilder d = new StringBuilder();
    StringBuilder dots = new StringBuilder();
    int stride = Math.max(1, points.size() / MOST_POINTS);
    for (int i = 0; i < points.size(); i++) {
      if (i % stride == 0 || i == points.size() - 1) {
        double x = axes.x(points.get(i).step());
        double y = axes.y(points.get(i).value());
        d.append(Axes.format("%s%.1f %.1f", d.isEmpty() ? "M" : "L", x, y));
        dots.append(Axes.format("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"2.6\"/>", x, y));
      }
    }
    String dashes = curve / COLOURS % 2 == 1 ? " stroke-dasharray=\"5 3\"" : "";
    String line = d.isEmpty() ? "" : "<path class=\"line\"" + dashes + " d=\"" + d + "\"/>";
    return "<g class=\"" + colour(curve) + "\">" + line + (few(points) ? dots : "") + "</g>";
  }

  private static boolean few(List<Curve.Point> points) {
    return points.size() < DOTTED;
  }

  /** The names beside their colours; none where a title says it all. */
  static String legend(List<String> names) {
    if (names.size() < 2) {
      return "";
    }
    StringBuilder legend = new StringBuilder("<ul class=\"legend\">");
    for (int i = 0; i < names.size(); i++) {
      legend.append("<li class=\"").append(colour(i)).append("\">");
      legend.append(Html.escape(names.get(i))).append("</li>");
    }
    return legend.append("</ul>").toString();
  }

  static String figure(String title, String content) {
    return "<figure><figcaption>" + Html.escape(title) + "</figcaption>" + content + "</figure>";
  }

  static String colour(int index) {
    return "c" + Math.floorMod(index, COLOURS);
  }
}

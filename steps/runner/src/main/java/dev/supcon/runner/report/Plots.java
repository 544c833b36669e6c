package dev.supcon.runner.report;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** Plots as SVG, drawn without a script so that a page prints and reads offline. */
final class Plots {
  /** Okabe and Ito's colours, which colour-blind readers tell apart. */
  static final List<String> COLOURS =
      List.of(
          "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#8c6d1f", "#6a51a3",
          "#7f7f7f", "#b2182b");

  private static final int MOST_POINTS = 600;

  private Plots() {}

  /** Curves over one another, with a legend when there are several. */
  static String lines(String title, List<Curve> curves, String xName, String yName) {
    Axes axes =
        new Axes(
            least(curves, Curve.Point::step),
            -least(curves, p -> -p.step()),
            least(curves, Curve.Point::value),
            -least(curves, p -> -p.value()));
    StringBuilder svg = new StringBuilder(axes.open(title, xName, yName));
    for (int i = 0; i < curves.size(); i++) {
      svg.append(path(axes, curves.get(i).points(), colour(i)));
    }
    return figure(title, svg.append("</svg>") + legend(curves.stream().map(Curve::name).toList()));
  }

  private static double least(List<Curve> curves, ToDoubleFunction<Curve.Point> of) {
    return curves.stream().flatMap(c -> c.points().stream()).mapToDouble(of).min().orElse(0);
  }

  private static String path(Axes axes, List<Curve.Point> points, String colour) {
    StringBuilder d = new StringBuilder();
    int stride = Math.max(1, points.size() / MOST_POINTS);
    for (int i = 0; i < points.size(); i++) {
      if (i % stride == 0 || i == points.size() - 1) {
        Curve.Point point = points.get(i);
        String verb = d.isEmpty() ? "M" : "L";
        d.append(Axes.format("%s%.1f %.1f", verb, axes.x(point.step()), axes.y(point.value())));
      }
    }
    return "<path class=\"line\" stroke=\"" + colour + "\" d=\"" + d + "\"/>";
  }

  /** Accuracy over confidence, with the diagonal of perfect calibration. */
  static String reliability(String title, List<RunPage.Bin> bins) {
    Axes axes = new Axes(0, 1, 0, 1);
    StringBuilder svg = new StringBuilder(axes.open(title, "confidence", "accuracy"));
    svg.append(
        Axes.format(
            "<path class=\"grid\" stroke-dasharray=\"5 4\" d=\"M%.1f %.1fL%.1f %.1f\"/>",
            axes.x(0), axes.y(0), axes.x(1), axes.y(1)));
    int most = bins.stream().mapToInt(RunPage.Bin::count).max().orElse(1);
    for (RunPage.Bin bin : bins) {
      svg.append(
          Axes.format(
              "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\" fill=\"%s\"><title>%d images</title></circle>",
              axes.x(bin.confidence()),
              axes.y(bin.accuracy()),
              3 + 9 * Math.sqrt((double) bin.count() / most),
              COLOURS.getFirst(),
              bin.count()));
    }
    return figure(title, svg.append("</svg>").toString());
  }

  /** One dot per image, coloured by class. */
  static String scatter(String title, List<RunPage.Dot> dots, List<String> classNames) {
    Axes axes =
        new Axes(
            dots.stream().mapToDouble(RunPage.Dot::x).min().orElse(0),
            dots.stream().mapToDouble(RunPage.Dot::x).max().orElse(1),
            dots.stream().mapToDouble(RunPage.Dot::y).min().orElse(0),
            dots.stream().mapToDouble(RunPage.Dot::y).max().orElse(1));
    StringBuilder svg =
        new StringBuilder(
            axes.open(title, "first principal component", "second principal component"));
    for (RunPage.Dot dot : dots) {
      svg.append(
          Axes.format(
              "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"2.4\" fill=\"%s\" fill-opacity=\".65\"/>",
              axes.x(dot.x()), axes.y(dot.y()), colour(dot.label())));
    }
    return figure(title, svg.append("</svg>") + legend(classNames));
  }

  private static String legend(List<String> names) {
    if (names.size() < 2) {
      return "";
    }
    StringBuilder legend = new StringBuilder("<div class=\"legend\">");
    for (int i = 0; i < names.size(); i++) {
      legend.append("<span><i style=\"background:").append(colour(i)).append("\"></i>");
      legend.append(Html.escape(names.get(i))).append("</span>");
    }
    return legend.append("</div>").toString();
  }

  private static String figure(String title, String content) {
    return "<figure><figcaption>" + Html.escape(title) + "</figcaption>" + content + "</figure>";
  }

  private static String colour(int index) {
    return COLOURS.get(index % COLOURS.size());
  }
}

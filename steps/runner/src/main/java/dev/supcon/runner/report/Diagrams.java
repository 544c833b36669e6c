package dev.supcon.runner.report;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** The two drawings of a classifier that are no curves. */
final class Diagrams {
  private Diagrams() {}

  /**
   * Accuracy over confidence, with the diagonal of perfect calibration; empty bins are left out.
   */
  static String reliability(List<RunPage.Bin> bins) {
    List<RunPage.Bin> filled = bins.stream().filter(bin -> bin.count() > 0).toList();
    int most = filled.stream().mapToInt(RunPage.Bin::count).max().orElse(1);
    Axes axes = new Axes(Scale.of(0, 1), Scale.of(0, 1), Axes.HIGH);
    StringBuilder svg = new StringBuilder(axes.open(spoken(filled), "confidence", "accuracy"));
    svg.append(
        Axes.format(
            "<path class=\"grid\" stroke-dasharray=\"5 4\" d=\"M%.1f %.1fL%.1f %.1f\"/>"
                + "<g class=\"c0\" fill-opacity=\".75\">",
            axes.x(0), axes.y(0), axes.x(1), axes.y(1)));
    for (RunPage.Bin bin : filled) {
      svg.append(
          Axes.format(
              "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\"><title>%s</title></circle>",
              axes.x(bin.confidence()),
              axes.y(bin.accuracy()),
              3 + 8 * Math.sqrt((double) bin.count() / most),
              words(bin)));
    }
    return Plots.figure("Reliability on the test set", svg.append("</g></svg>").toString());
  }

  private static String spoken(List<RunPage.Bin> filled) {
    return filled.stream()
        .map(Diagrams::words)
        .collect(Collectors.joining("; ", "Reliability on the test set: ", ""));
  }

  private static String words(RunPage.Bin bin) {
    return "confidence %s, accuracy %s, %d images"
        .formatted(Figure.percent(bin.confidence()), Figure.percent(bin.accuracy()), bin.count());
  }

  /** One dot per image, coloured by class. */
  static String scatter(List<RunPage.Dot> given, List<String> classNames) {
    List<RunPage.Dot> dots = given.stream().filter(RunPage.Dot::finite).toList();
    Axes axes = new Axes(scale(dots, RunPage.Dot::x), scale(dots, RunPage.Dot::y), Axes.HIGH);
    String title = "Features of " + dots.size() + " test images";
    StringBuilder svg = new StringBuilder(axes.open(title, "first component", "second component"));
    Map<Integer, StringBuilder> byLabel = new TreeMap<>();
    for (RunPage.Dot dot : dots) {
      byLabel
          .computeIfAbsent(dot.label(), label -> new StringBuilder())
          .append(
              Axes.format(
                  "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"2.2\"/>", axes.x(dot.x()), axes.y(dot.y())));
    }
    byLabel.forEach(
        (label, circles) ->
            svg.append("<g fill-opacity=\".7\" class=\"" + Plots.colour(label) + "\">")
                .append(circles)
                .append("</g>"));
    String legend = classNames.size() > Plots.COLOURS ? "" : Plots.legend(classNames);
    return Plots.figure(title, svg.append("</svg>") + legend);
  }

  private static Scale scale(List<RunPage.Dot> dots, ToDoubleFunction<RunPage.Dot> of) {
    return Scale.of(
        dots.stream().mapToDouble(of).min().orElse(0),
        dots.stream().mapToDouble(of).max().orElse(1));
  }
}

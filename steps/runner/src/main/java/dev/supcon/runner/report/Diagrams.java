package dev.supcon.runner.report;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** The drawings of a classifier that are no curves. */
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

  /** Images by margin over [-1, 1]; those left of 0 are wrong. */
  static String margins(List<Integer> counts) {
    int most = counts.stream().mapToInt(Integer::intValue).max().orElse(1);
    Axes axes = new Axes(Scale.of(-1, 1), Scale.ofCounts(most), Axes.HIGH);
    StringBuilder svg = new StringBuilder(axes.open(spokenMargins(counts), "margin", "images"));
    double width = 2.0 / counts.size();
    for (int bin = 0; bin < counts.size(); bin++) {
      double left = -1 + bin * width;
      svg.append(
          Axes.format(
              "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\">"
                  + "<title>margin %.2f to %.2f: %d images</title></rect>",
              Plots.colour(left < -1e-9 ? 1 : 0),
              axes.x(left),
              axes.y(counts.get(bin)),
              axes.x(left + width) - axes.x(left) - 1,
              axes.y(0) - axes.y(counts.get(bin)),
              left,
              left + width,
              counts.get(bin)));
    }
    return Plots.figure("Margins on the test set", svg.append("</svg>").toString());
  }

  private static String spokenMargins(List<Integer> counts) {
    int half = counts.size() / 2;
    return "Margins on the test set: %d images below 0, %d above"
        .formatted(sum(counts.subList(0, half)), sum(counts.subList(half, counts.size())));
  }

  private static int sum(List<Integer> counts) {
    return counts.stream().mapToInt(Integer::intValue).sum();
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

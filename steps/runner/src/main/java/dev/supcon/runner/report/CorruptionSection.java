package dev.supcon.runner.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Errors by corruption and severity, beside the paper's. */
final class CorruptionSection {
  private static final Pattern CELL = Pattern.compile("corruption\\.(\\w+)\\.([1-5])\\.error");

  private final SortedMap<String, Double> metrics;
  private final SortedMap<String, SortedMap<Integer, Double>> errors = new TreeMap<>();
  private final SortedSet<Integer> severities = new TreeSet<>();

  private CorruptionSection(SortedMap<String, Double> metrics) {
    this.metrics = metrics;
    metrics.forEach(
        (name, value) -> {
          Matcher cell = CELL.matcher(name);
          if (cell.matches()) {
            int severity = Integer.parseInt(cell.group(2));
            severities.add(severity);
            errors
                .computeIfAbsent(Figure.words(cell.group(1)), type -> new TreeMap<>())
                .put(severity, value);
          }
        });
  }

  static void render(Html html, SortedMap<String, Double> metrics) {
    CorruptionSection section = new CorruptionSection(metrics);
    if (!section.errors.isEmpty()) {
      section.render(html);
    }
  }

  private void render(Html html) {
    html.heading(
            "Corruptions",
            "Top-1 error in percent on the test images, corrupted as in ImageNet-C, by severity.")
        .table("Error by corruption and severity", head("corruption"), rows())
        .raw("<div class=\"plots\">")
        .raw(
            Plots.lines(
                new Plots.Words(
                    "Accuracy by severity (0: clean)", "severity", "top-1 (0 to 1)", true),
                curves()))
        .raw("</div>")
        .part(
            "The paper's Table 6",
            "Accuracy in percent, mean over the corruptions of ImageNet-C by severity: another data"
                + " set and another net.")
        .table(
            "The paper's accuracy by severity",
            List.of("model", "1", "2", "3", "4", "5"),
            PaperNumbers.CORRUPTED_TOP1);
  }

  private List<String> head(String first) {
    List<String> head = new ArrayList<>(List.of(first));
    severities.forEach(severity -> head.add(String.valueOf(severity)));
    head.add("mean");
    return head;
  }

  private List<List<String>> rows() {
    List<List<String>> rows = new ArrayList<>();
    errors.forEach((type, row) -> rows.add(row(type, row, mean(row))));
    rows.add(
        row("mean", meanOf(errors.values()), HtmlReport.metric(metrics, "corruption.meanError")));
    SortedMap<Integer, Double> calibration = new TreeMap<>();
    for (int severity : severities) {
      Double ece = metrics.get("corruption.ece." + severity);
      if (ece != null) {
        calibration.put(severity, ece);
      }
    }
    rows.add(row("calibration error", calibration, HtmlReport.metric(metrics, "corruption.ece")));
    return rows;
  }

  private List<String> row(String name, SortedMap<Integer, Double> values, double mean) {
    List<String> words = new ArrayList<>(List.of(name));
    for (int severity : severities) {
      Double value = values.get(severity);
      words.add(value == null ? "" : Figure.percent(value));
    }
    words.add(Double.isNaN(mean) ? "" : Figure.percent(mean));
    return words;
  }

  private static double mean(Map<Integer, Double> row) {
    return row.values().stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
  }

  /** More types than there are colours are drawn as the means of their kinds. */
  private List<Curve> curves() {
    double clean = HtmlReport.metric(metrics, "classifier.test.top1");
    List<Curve> curves = new ArrayList<>();
    (errors.size() > Plots.COLOURS ? kinds() : errors)
        .forEach(
            (name, row) -> {
              List<Curve.Point> points = new ArrayList<>(List.of(new Curve.Point(0, clean)));
              row.forEach((severity, error) -> points.add(new Curve.Point(severity, 1 - error)));
              curves.add(new Curve(name, points));
            });
    return curves;
  }

  private SortedMap<String, SortedMap<Integer, Double>> kinds() {
    SortedMap<String, List<SortedMap<Integer, Double>>> rows = new TreeMap<>();
    errors.forEach(
        (type, row) -> rows.computeIfAbsent(kind(type), k -> new ArrayList<>()).add(row));
    SortedMap<String, SortedMap<Integer, Double>> kinds = new TreeMap<>();
    rows.forEach((kind, all) -> kinds.put(kind + " (mean)", meanOf(all)));
    return kinds;
  }

  private SortedMap<Integer, Double> meanOf(Collection<SortedMap<Integer, Double>> rows) {
    SortedMap<Integer, Double> means = new TreeMap<>();
    for (int severity : severities) {
      rows.stream()
          .filter(row -> row.containsKey(severity))
          .mapToDouble(row -> row.get(severity))
          .average()
          .ifPresent(mean -> means.put(severity, mean));
    }
    return means;
  }

  /** Hendrycks and Dietterich's four kinds. */
  private static String kind(String type) {
    return switch (type) {
      case "snow", "frost", "fog", "brightness", "spatter" -> "weather";
      default -> type.endsWith("noise") ? "noise" : type.endsWith("blur") ? "blur" : "digital";
    };
  }
}

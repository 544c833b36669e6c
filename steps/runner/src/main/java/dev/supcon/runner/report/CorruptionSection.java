package dev.supcon.runner.report;

import java.util.ArrayList;
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

  private CorruptionSection() {}

  static void render(Html html, Map<String, Double> metrics) {
    SortedMap<String, SortedMap<Integer, Double>> cells = cells(metrics);
    if (cells.isEmpty()) {
      return;
    }
    SortedSet<Integer> severities = new TreeSet<>();
    cells.values().forEach(row -> severities.addAll(row.keySet()));
    html.heading("Corruptions", "Top-1 error in percent, by severity.")
        .table(head("corruption", severities), rows(cells, severities))
        .raw(Plots.lines("accuracy by severity", curves(cells), "severity", "accuracy"))
        .heading("", "The paper's Table 6, accuracy in percent: another data set and another net.")
        .table(
            List.of("mean over the corruptions", "1", "2", "3", "4", "5"),
            PaperNumbers.CORRUPTED_TOP1);
  }

  private static SortedMap<String, SortedMap<Integer, Double>> cells(Map<String, Double> metrics) {
    SortedMap<String, SortedMap<Integer, Double>> cells = new TreeMap<>();
    metrics.forEach(
        (name, value) -> {
          Matcher cell = CELL.matcher(name);
          if (cell.matches()) {
            cells
                .computeIfAbsent(cell.group(1), type -> new TreeMap<>())
                .put(Integer.valueOf(cell.group(2)), value);
          }
        });
    return cells;
  }

  private static List<String> head(String first, SortedSet<Integer> severities) {
    List<String> head = new ArrayList<>(List.of(first));
    severities.forEach(s -> head.add(String.valueOf(s)));
    head.add("mean");
    return head;
  }

  private static List<List<String>> rows(
      SortedMap<String, SortedMap<Integer, Double>> cells, SortedSet<Integer> severities) {
    List<List<String>> rows = new ArrayList<>();
    cells.forEach(
        (type, row) -> {
          List<String> words = new ArrayList<>(List.of(type));
          severities.forEach(s -> words.add(row.containsKey(s) ? Html.percent(row.get(s)) : ""));
          words.add(
              Html.percent(
                  row.values().stream().mapToDouble(Double::doubleValue).average().orElse(0)));
          rows.add(words);
        });
    return rows;
  }

  private static List<Curve> curves(SortedMap<String, SortedMap<Integer, Double>> cells) {
    return cells.entrySet().stream()
        .map(
            type ->
                new Curve(
                    type.getKey(),
                    type.getValue().entrySet().stream()
                        .map(c -> new Curve.Point(c.getKey(), 1 - c.getValue()))
                        .toList()))
        .toList();
  }
}

package dev.supcon.runner.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Several runs on one page: a column of numbers each, and their curves over one another. */
public final class Comparison {
  private Comparison() {}

  /** A self-contained HTML document. */
  public static String render(List<RunPage> runs) {
    Html html = new Html();
    PageFrame.open(html, "Comparison of " + runs.size() + " runs");
    List<String> head = new ArrayList<>(List.of("metric"));
    runs.forEach(run -> head.add(run.result().experiment()));
    html.heading("Numbers", "Fractions from 0 to 1.").table(head, rows(runs));
    html.heading("Training", "").raw("<div class=\"plots\">");
    curves(runs).forEach((name, curves) -> html.raw(Plots.lines(name, curves, "step", name)));
    return PageFrame.close(html.raw("</div>"));
  }

  private static List<List<String>> rows(List<RunPage> runs) {
    TreeSet<String> names = new TreeSet<>();
    runs.forEach(run -> names.addAll(run.result().metrics().keySet()));
    return names.stream().map(name -> row(name, runs)).toList();
  }

  private static List<String> row(String name, List<RunPage> runs) {
    List<String> cells = new ArrayList<>(List.of(name));
    for (RunPage run : runs) {
      Double value = run.result().metrics().get(name);
      cells.add(value == null ? "" : Html.number(value));
    }
    return cells;
  }

  private static Map<String, List<Curve>> curves(List<RunPage> runs) {
    Map<String, List<Curve>> byName = new TreeMap<>();
    for (RunPage run : runs) {
      for (Curve curve : run.curves()) {
        byName
            .computeIfAbsent(curve.name(), name -> new ArrayList<>())
            .add(new Curve(run.result().experiment(), curve.points()));
      }
    }
    return byName;
  }
}

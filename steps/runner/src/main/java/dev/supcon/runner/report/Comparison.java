package dev.supcon.runner.report;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Several runs on one page: what differs, a column of numbers each, their curves together. */
public final class Comparison {
  private static final List<String> HEADLINE =
      List.of(
          "classifier.test.top1",
          "classifier.test.top5",
          "knn.test.top1",
          "classifier.test.ece",
          "corruption.meanError",
          "corruption.mce");

  private final List<RunPage> runs;
  private final List<String> names;

  private Comparison(List<RunPage> runs) {
    this.runs = List.copyOf(runs);
    this.names = names(runs);
  }

  /** A self-contained HTML document. */
  public static String render(List<RunPage> runs) {
    Comparison comparison = new Comparison(runs);
    Html html = new Html();
    SeedSection.render(html, runs, comparison.headline());
    comparison.numbers(html);
    comparison.parameters(html);
    comparison.curves(html);
    comparison.all(html);
    return PageFrame.render("Comparison of " + runs.size() + " runs", html);
  }

  /** Two runs of one name are told apart by their seed, or else by their place in the command. */
  private static List<String> names(List<RunPage> runs) {
    List<String> plain = runs.stream().map(run -> run.result().experiment()).toList();
    List<String> seeded =
        runs.stream()
            .map(run -> run.result().experiment() + ", seed " + run.parameters().get("seed"))
            .toList();
    return Stream.of(plain, seeded)
        .filter(names -> new HashSet<>(names).size() == names.size())
        .findFirst()
        .orElseGet(
            () ->
                IntStream.range(0, plain.size())
                    .mapToObj(i -> plain.get(i) + " #" + (i + 1))
                    .toList());
  }

  private List<String> headline() {
    Set<String> all = metricNames();
    List<String> wanted = new ArrayList<>(HEADLINE.stream().filter(all::contains).toList());
    all.stream().filter(name -> name.startsWith("transfer.")).forEach(wanted::add);
    return wanted;
  }

  private void numbers(Html html) {
    html.heading(
        "Numbers",
        "Fractions from 0 to 1; mce in percent. Whether a difference is more than chance, only runs"
            + " with other seeds can tell.");
    html.table("Numbers", head("metric"), rows(headline(), metric -> numbersOf(metric)));
  }

  private void all(Html html) {
    html.heading("All numbers", "").raw("<details><summary>Show all</summary>");
    html.table("All numbers", head("metric"), rows(metricNames(), metric -> numbersOf(metric)));
    html.raw("</details>");
  }

  private Set<String> metricNames() {
    TreeSet<String> all = new TreeSet<>();
    runs.forEach(run -> all.addAll(run.result().metrics().keySet()));
    return all;
  }

  private List<String> numbersOf(String metric) {
    return runs.stream()
        .map(run -> run.result().metrics().get(metric))
        .map(value -> value == null ? "not measured" : Figure.number(value))
        .toList();
  }

  private void parameters(Html html) {
    List<String> different = Setting.differing(runs.stream().map(RunPage::parameters).toList());
    if (different.isEmpty()) {
      html.heading("Parameters", "All parameters are equal; keys tell whether data and code are.");
    } else {
      html.heading("Parameters", "Those that differ; all others are equal.");
      html.table("Parameters", head("parameter"), rows(different, path -> parametersOf(path)));
    }
  }

  private List<String> parametersOf(String path) {
    return runs.stream().map(run -> Setting.value(run.parameters(), path)).toList();
  }

  private List<String> head(String first) {
    List<String> head = new ArrayList<>(List.of(first));
    head.addAll(names);
    return head;
  }

  private static List<List<String>> rows(
      Iterable<String> names, Function<String, List<String>> cells) {
    List<List<String>> rows = new ArrayList<>();
    for (String name : names) {
      List<String> row = new ArrayList<>(List.of(name));
      row.addAll(cells.apply(name));
      rows.add(row);
    }
    return rows;
  }

  private void curves(Html html) {
    Map<String, List<Curve>> byName = new TreeMap<>();
    for (int i = 0; i < runs.size(); i++) {
      for (Curve curve : runs.get(i).curves()) {
        byName
            .computeIfAbsent(curve.name(), name -> new ArrayList<>())
            .add(curve.named(names.get(i)));
      }
    }
    String figures =
        TrainingSection.ordered(byName.keySet()).stream()
            .map(
                name ->
                    Plots.lines(TrainingSection.words(name), byName.getOrDefault(name, List.of())))
            .collect(Collectors.joining("\n"));
    if (!figures.isEmpty()) {
      html.heading(
              "Training",
              "Losses of another type, temperature, scale or batch size have another height and do not"
                  + " compare.")
          .raw("<div class=\"plots\">" + figures + "</div>");
    }
  }
}

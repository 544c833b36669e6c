package dev.supcon.runner.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Function;

/** Settings that were run with several seeds: means, deviations, and differences by seed. */
final class SeedSection {
  private final List<Setting> settings;
  private final List<String> metrics;

  private SeedSection(List<Setting> settings, List<String> metrics) {
    this.settings = settings;
    this.metrics = metrics;
  }

  /** Nothing where no setting has two seeds. */
  static void render(Html html, List<RunPage> runs, List<String> metrics) {
    List<Setting> settings = Setting.of(runs);
    if (settings.stream().anyMatch(setting -> setting.bySeed().size() > 1)) {
      new SeedSection(settings, metrics).render(html);
    }
  }

  private void render(Html html) {
    html.heading(
        "Over seeds",
        "Mean ± standard deviation (of n - 1) over the seeds, whose number stands in brackets.");
    html.table("Over seeds", head(settings), rows(settings, SeedSection::mean));
    Setting first = settings.getFirst();
    List<Setting> paired =
        settings.stream().skip(1).filter(other -> common(first, other) > 1).toList();
    if (!paired.isEmpty()) {
      html.heading(
          "Beside " + first.name(),
          "Differences of runs with the same seed: their mean ± standard deviation, and in how many"
              + " seeds the value is higher than that of the first setting.");
      html.table(
          "Differences by seed",
          head(paired),
          rows(paired, (setting, metric) -> difference(first, setting, metric)));
    }
  }

  private static long common(Setting one, Setting other) {
    return one.bySeed().keySet().stream().filter(seed -> other.bySeed().containsKey(seed)).count();
  }

  private static List<String> head(List<Setting> columns) {
    List<String> head = new ArrayList<>(List.of("metric"));
    columns.forEach(setting -> head.add(setting.name()));
    return head;
  }

  private List<List<String>> rows(List<Setting> columns, Cell cell) {
    Function<String, List<String>> row =
        metric -> {
          List<String> cells = new ArrayList<>(List.of(metric));
          columns.forEach(setting -> cells.add(cell.of(setting, metric)));
          return cells;
        };
    return metrics.stream().map(row).toList();
  }

  /** What stands in a setting's column. */
  private interface Cell {
    String of(Setting setting, String metric);
  }

  private static String mean(Setting setting, String metric) {
    Collection<Double> values = setting.values(metric).values();
    return values.isEmpty() ? "not measured" : "%s (%d)".formatted(spread(values), values.size());
  }

  private static String difference(Setting first, Setting setting, String metric) {
    SortedMap<String, Double> before = first.values(metric);
    List<Double> gaps = new ArrayList<>();
    setting
        .values(metric)
        .forEach(
            (seed, value) -> {
              Double other = before.get(seed);
              if (other != null) {
                gaps.add(value - other);
              }
            });
    long higher = gaps.stream().filter(gap -> gap > 0).count();
    return gaps.isEmpty()
        ? "not measured"
        : "%s; %d of %d higher".formatted(spread(gaps), higher, gaps.size());
  }

  private static String spread(Collection<Double> values) {
    double mean = values.stream().mapToDouble(value -> value).average().orElse(0);
    if (values.size() < 2) {
      return Figure.number(mean);
    }
    double squares = values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
    return Figure.number(mean) + " ± " + Figure.number(Math.sqrt(squares / (values.size() - 1)));
  }
}

package dev.supcon.runner.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Runs whose parameters are equal but for the seed: one statistical unit.
 *
 * @param name what tells it from the other settings
 * @param bySeed a run for each seed
 */
record Setting(String name, SortedMap<String, RunPage> bySeed) {
  private static final String SEED = "seed";

  Setting {
    bySeed = new TreeMap<>(bySeed);
  }

  /**
   * The settings of runs, in the runs' order; of two runs of one setting and seed the later counts.
   */
  static List<Setting> of(List<RunPage> runs) {
    Map<Map<String, String>, SortedMap<String, RunPage>> groups = new LinkedHashMap<>();
    for (RunPage run : runs) {
      String seed = run.parameters().getOrDefault(SEED, "");
      groups.computeIfAbsent(unseeded(run), parameters -> new TreeMap<>()).put(seed, run);
    }
    List<Map<String, String>> all = List.copyOf(groups.keySet());
    List<Setting> settings = new ArrayList<>();
    groups.forEach(
        (parameters, bySeed) ->
            settings.add(new Setting(name(parameters, bySeed, groups, all), bySeed)));
    return settings;
  }

  private static Map<String, String> unseeded(RunPage run) {
    Map<String, String> parameters = new TreeMap<>(run.parameters());
    parameters.remove(SEED);
    return parameters;
  }

  /** The experiment's name where no other setting has it, else the parameters that differ. */
  private static String name(
      Map<String, String> own,
      SortedMap<String, RunPage> bySeed,
      Map<Map<String, String>, SortedMap<String, RunPage>> groups,
      List<Map<String, String>> all) {
    TreeSet<String> names = names(bySeed);
    boolean unique =
        names.size() == 1
            && groups.values().stream().filter(other -> names(other).equals(names)).count() == 1;
    if (unique || all.size() == 1) {
      return names.first();
    }
    return differing(all).stream()
        .map(path -> path + " " + value(own, path))
        .collect(Collectors.joining(", "));
  }

  /** The paths of which not all have the same value, sorted. */
  static List<String> differing(List<? extends Map<String, String>> all) {
    return all.stream()
        .flatMap(parameters -> parameters.keySet().stream())
        .distinct()
        .sorted()
        .filter(path -> all.stream().map(one -> value(one, path)).distinct().count() > 1)
        .toList();
  }

  /** A parameter as it is shown. */
  static String value(Map<String, String> parameters, String path) {
    return parameters.getOrDefault(path, "none");
  }

  private static TreeSet<String> names(SortedMap<String, RunPage> bySeed) {
    return bySeed.values().stream()
        .map(run -> run.result().experiment())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** A metric of every seed that has it. */
  SortedMap<String, Double> values(String metric) {
    SortedMap<String, Double> values = new TreeMap<>();
    bySeed.forEach(
        (seed, run) -> {
          Double value = run.result().metrics().get(metric);
          if (value != null && Double.isFinite(value)) {
            values.put(seed, value);
          }
        });
    return values;
  }
}

package dev.supcon.runner.local;

import dev.supcon.runner.report.RunResult;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** The end of a run for a terminal: its steps, and the numbers that matter. */
public final class ResultTable {
  private static final int NARROWEST = 34;

  private ResultTable() {}

  /** A line a step, then a line a headline number. */
  public static String of(RunResult result) {
    Map<String, String> steps = new LinkedHashMap<>();
    result.steps().forEach(step -> steps.put(step.name(), how(step)));
    Map<String, String> numbers = new LinkedHashMap<>();
    result
        .metrics()
        .forEach(
            (name, value) -> {
              if (!detail(name)) {
                numbers.put(name, String.format(Locale.ROOT, "%.4f", value));
              }
            });
    int width =
        Stream.concat(steps.keySet().stream(), numbers.keySet().stream())
            .mapToInt(String::length)
            .reduce(NARROWEST, Math::max);
    String end = System.lineSeparator();
    return end + lines(steps, width) + end + lines(numbers, width) + end;
  }

  private static String how(RunResult.Step step) {
    return step.state() == RunResult.State.Cached
        ? step.state().name()
        : step.state() + "  " + ProgressView.readable(step.seconds());
  }

  /** Single cells of the corruption table stay on the page, and how training went. */
  private static boolean detail(String metric) {
    return metric.matches("corruption\\..*\\.\\d.*|train\\..*|embedding\\..*");
  }

  private static String lines(Map<String, String> values, int width) {
    StringBuilder text = new StringBuilder();
    values.forEach(
        (name, value) ->
            text.append(String.format(Locale.ROOT, "  %-" + width + "s %s", name, value))
                .append(System.lineSeparator()));
    return text.toString();
  }
}

package dev.supcon.runner.local;

import dev.supcon.runner.report.RunResult;
import java.util.Locale;

/** The end of a run for a terminal: its steps, and the numbers that matter. */
public final class ResultTable {
  private ResultTable() {}

  /** A line a step, then a line a headline number. */
  public static String of(RunResult result) {
    StringBuilder text = new StringBuilder(System.lineSeparator());
    for (RunResult.Step step : result.steps()) {
      String time =
          step.state() == RunResult.State.Cached ? "" : ProgressView.readable(step.seconds());
      line(text, step.name(), step.state() + "  " + time);
    }
    text.append(System.lineSeparator());
    result.metrics().forEach((name, value) -> metric(text, name, value));
    return text.append(System.lineSeparator()).toString();
  }

  /** Single cells of the corruption table stay on the page. */
  private static void metric(StringBuilder text, String name, double value) {
    if (!name.matches("corruption\\..*\\.\\d.*")) {
      line(text, name, String.format(Locale.ROOT, "%.4f", value));
    }
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append(String.format(Locale.ROOT, "  %-34s %s", name, value).stripTrailing())
        .append(System.lineSeparator());
  }
}

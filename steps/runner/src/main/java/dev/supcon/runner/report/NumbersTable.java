package dev.supcon.runner.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** All numbers of runs as CSV (RFC 4180): a line for each run and metric. */
public final class NumbersTable {
  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180
          .builder()
          .setHeader("setting", "experiment", "seed", "metric", "value")
          .get();

  private NumbersTable() {}

  /** The text; values have all their digits. */
  public static String csv(List<RunPage> runs) {
    StringBuilder text = new StringBuilder();
    try (CSVPrinter printer = new CSVPrinter(text, FORMAT)) {
      for (Setting setting : Setting.of(runs)) {
        for (Map.Entry<String, RunPage> run : setting.bySeed().entrySet()) {
          RunResult result = run.getValue().result();
          for (Map.Entry<String, Double> metric : result.metrics().entrySet()) {
            printer.printRecord(
                setting.name(),
                result.experiment(),
                run.getKey(),
                metric.getKey(),
                metric.getValue());
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a text in memory", e);
    }
    return text.toString();
  }
}

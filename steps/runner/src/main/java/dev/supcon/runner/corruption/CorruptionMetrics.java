package dev.supcon.runner.corruption;

import dev.supcon.runner.measure.CorruptionError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleSupplier;

/** Headline numbers of a finished table. */
final class CorruptionMetrics {
  private CorruptionMetrics() {}

  /**
   * @param classes of the classifier
   * @param cleanError asked only where mCE is defined
   */
  static Map<String, Double> of(
      List<ErrorTable.Cell> cells, int classes, DoubleSupplier cleanError) {
    Map<String, Double> metrics = new TreeMap<>();
    Map<String, List<Double>> errors = new TreeMap<>();
    Map<Integer, List<Double>> eces = new TreeMap<>();
    for (ErrorTable.Cell cell : cells) {
      String name = "corruption." + cell.type() + "." + cell.severity();
      metrics.put(name + ".error", cell.error());
      metrics.put(name + ".ece", cell.ece());
      errors.computeIfAbsent(cell.type(), type -> new ArrayList<>()).add(cell.error());
      eces.computeIfAbsent(cell.severity(), severity -> new ArrayList<>()).add(cell.ece());
    }
    errors.forEach((type, all) -> metrics.put("corruption." + type + ".error", mean(all)));
    eces.forEach((severity, all) -> metrics.put("corruption.ece." + severity, mean(all)));
    metrics.put("corruption.ece", mean(cells.stream().map(ErrorTable.Cell::ece).toList()));
    CorruptionError error = new CorruptionError(classes, errors);
    metrics.put("corruption.meanError", error.mean());
    if (error.mce().isPresent()) {
      metrics.put("corruption.mce", error.mce().getAsDouble());
      error
          .relativeMce(cleanError.getAsDouble())
          .ifPresent(relative -> metrics.put("corruption.relativeMce", relative));
    }
    return metrics;
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElse(0);
  }
}

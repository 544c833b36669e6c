package dev.supcon.runner.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Which class is taken for which. */
public final class Confusion {
  private Confusion() {}

  /** So many rows of a class have their highest score there. */
  public record Cell(int label, int predicted, int count) {}

  /** The cells that hold rows, by label, then prediction. Of equal scores the lower class wins. */
  public static List<Cell> of(Predictions predictions) {
    Map<Long, Integer> counts = new TreeMap<>();
    for (int row = 0; row < predictions.size(); row++) {
      long cell = (long) predictions.labels()[row] * predictions.classes() + predictions.best(row);
      counts.merge(cell, 1, Integer::sum);
    }
    List<Cell> cells = new ArrayList<>();
    counts.forEach(
        (cell, count) ->
            cells.add(
                new Cell(
                    (int) (cell / predictions.classes()),
                    (int) (cell % predictions.classes()),
                    count)));
    return cells;
  }
}

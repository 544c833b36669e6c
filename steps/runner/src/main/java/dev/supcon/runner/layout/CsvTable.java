package dev.supcon.runner.layout;

import dev.supcon.runner.layout.Table.Row;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A table of one's own: the only {@code .csv} of the source, with the columns {@code path} (from
 * the folder of the table), {@code label} (a name or a number) and {@code split} ({@code train} or
 * {@code test}). Classes are the sorted labels, as numbers where all of them are.
 */
record CsvTable() implements Layout {
  private static final Comparator<String> BY_NUMBER =
      Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder());

  @Override
  public Listing list(SourceFiles files) throws IOException {
    String name = only(files);
    Lists lists = files.lists(name);
    List<Row> rows = Table.rows(files, lists, name, Table.COMMAS, "path", "label", "split");
    Enrolment images = Enrolment.named(files);
    classes(rows).forEach((label, at) -> images.addClass(at, label));
    String folder = name.substring(0, name.lastIndexOf('/') + 1);
    for (Row row : rows) {
      String split = row.cell(2);
      if (row.cell(1).isEmpty() || !Set.of("train", "test").contains(split)) {
        throw files.refused(
            row.at(),
            "has label `%s` and split `%s`; write a label, and train or test (the holdout is cut of train)"
                .formatted(row.cell(1), split));
      }
      images.add(row.at(), folder + row.cell(0), row.cell(1), split.equals("test"));
    }
    return images.finish();
  }

  private static String only(SourceFiles files) {
    List<String> found =
        files.names().stream()
            .filter(name -> name.endsWith(".csv") && !SourceFiles.hidden(name))
            .toList();
    if (found.size() != 1) {
      throw files.refused(
          "it",
          found.isEmpty()
              ? "has no .csv; put one with the columns path, label, split beside the images"
              : "has several tables, " + String.join(" and ", found) + "; leave one of them");
    }
    return found.getFirst();
  }

  /** Where each label is first. */
  private static Map<String, String> classes(List<Row> rows) {
    boolean numbers = rows.stream().allMatch(row -> row.cell(1).matches("0|[1-9][0-9]*"));
    Map<String, String> classes =
        new TreeMap<>(numbers ? BY_NUMBER : Comparator.<String>naturalOrder());
    rows.forEach(row -> classes.putIfAbsent(row.cell(1), row.at()));
    return classes;
  }
}

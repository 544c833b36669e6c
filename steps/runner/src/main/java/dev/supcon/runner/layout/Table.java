package dev.supcon.runner.layout;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** A file of lines and columns, whose first line names the columns. */
final class Table {
  /** Commas and quotes, as RFC 4180 and spreadsheets have them. */
  static final CSVFormat COMMAS = CSVFormat.RFC4180.builder().setIgnoreEmptyLines(true).get();

  /** Tabs, and no quotes at all. */
  static final CSVFormat TABS =
      CSVFormat.TDF.builder().setQuote(null).setIgnoreSurroundingSpaces(false).get();

  private Table() {}

  /**
   * @param at where it stands
   * @param cells of the columns that were asked for
   */
  record Row(String at, List<String> cells) {
    String cell(int column) {
      return cells.get(column);
    }
  }

  /**
   * Reads some columns of a list.
   *
   * @param columns their names; others are passed over
   */
  static List<Row> rows(
      SourceFiles files, Lists lists, String end, CSVFormat format, String... columns)
      throws IOException {
    CSVFormat headed = format.builder().setHeader().setSkipHeaderRecord(true).get();
    try (CSVParser parser = CSVParser.parse(new StringReader(lists.text(end)), headed)) {
      List<String> header = parser.getHeaderNames();
      if (!new HashSet<>(header).containsAll(Arrays.asList(columns))) {
        throw files.refused(
            lists.name(end),
            "has the columns %s; its first line must name %s"
                .formatted(String.join(", ", header), String.join(", ", columns)));
      }
      List<Row> rows = new ArrayList<>();
      for (CSVRecord row : parser) {
        String at = lists.name(end) + " line " + parser.getCurrentLineNumber();
        if (row.size() != header.size()) {
          throw files.refused(
              at, "has %d cells for %d columns".formatted(row.size(), header.size()));
        }
        rows.add(new Row(at, Arrays.stream(columns).map(row::get).map(String::strip).toList()));
      }
      return rows;
    } catch (CSVException | UncheckedIOException | IllegalArgumentException e) {
      throw files.refused(lists.name(end), "is no table (%s)".formatted(e.getMessage()));
    }
  }
}

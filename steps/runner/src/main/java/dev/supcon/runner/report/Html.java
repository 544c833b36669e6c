package dev.supcon.runner.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The content of a page, escaped where it comes from outside; well-formed as XML, too. */
final class Html {
  private final StringBuilder text = new StringBuilder();
  private final List<String> headings = new ArrayList<>();

  /** Markup of ours, as it stands. */
  Html raw(String markup) {
    text.append(markup).append('\n');
    return this;
  }

  Html heading(String title, String explanation) {
    headings.add(title);
    return raw("<h2 id=\"" + anchor(title) + "\">" + escape(title) + "</h2>").why(explanation);
  }

  Html part(String title, String explanation) {
    return raw("<h3>" + escape(title) + "</h3>").why(explanation);
  }

  private Html why(String explanation) {
    return explanation.isEmpty() ? this : raw("<p class=\"why\">" + escape(explanation) + "</p>");
  }

  /** The titles of the sections so far. */
  List<String> headings() {
    return headings;
  }

  static String anchor(String title) {
    return title.toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
  }

  /** A table of numbers whose first column names the row; wide ones scroll within themselves. */
  Html table(String label, List<String> head, Collection<List<String>> rows) {
    openTable("numbers", label);
    raw("<thead><tr>" + cells(head, "<th scope=\"col\">", "</th>") + "</tr></thead><tbody>");
    rows.forEach(
        row ->
            raw(
                "<tr><th scope=\"row\">"
                    + escape(row.getFirst())
                    + "</th>"
                    + cells(row.subList(1, row.size()), "<td>", "</td>")
                    + "</tr>"));
    return closeTable();
  }

  /** Words by their name; long ones are broken. */
  Html facts(String label, Map<String, String> facts) {
    openTable("facts", label).raw("<tbody>");
    facts.forEach(
        (name, value) ->
            raw(
                "<tr><th scope=\"row\">"
                    + escape(name)
                    + "</th><td>"
                    + escape(value)
                    + "</td></tr>"));
    return closeTable();
  }

  /** A scrolling region must be reachable by keyboard, and so needs a name. */
  Html openTable(String kind, String label) {
    return raw(
        "<div class=\"wide\" role=\"region\" tabindex=\"0\" aria-label=\""
            + escape(label)
            + "\"><table class=\""
            + kind
            + "\">");
  }

  Html closeTable() {
    return raw("</tbody></table></div>");
  }

  private static String cells(List<String> cells, String open, String close) {
    StringBuilder row = new StringBuilder();
    cells.forEach(cell -> row.append(open).append(escape(cell)).append(close));
    return row.toString();
  }

  /** Text for content and attributes; what no document may hold becomes a replacement character. */
  static String escape(String value) {
    return value
        .replaceAll("[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\x7F\\uFFFE\\uFFFF]", "\uFFFD")
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  @Override
  public String toString() {
    return text.toString();
  }
}

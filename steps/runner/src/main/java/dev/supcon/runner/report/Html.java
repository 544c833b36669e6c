package dev.supcon.runner.report;

import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Text of a page, escaped where it comes from outside. */
final class Html {
  private final StringBuilder text = new StringBuilder();

  /** Markup of ours, as it stands. */
  Html raw(String markup) {
    text.append(markup).append('\n');
    return this;
  }

  Html heading(String title, String explanation) {
    return raw("<h2>" + escape(title) + "</h2>")
        .raw(explanation.isEmpty() ? "" : "<p class=\"why\">" + escape(explanation) + "</p>");
  }

  /** A table whose first column is left-aligned; wide ones scroll within themselves. */
  Html table(List<String> head, Collection<List<String>> rows) {
    raw("<div class=\"wide\"><table><thead>" + row("th", head) + "</thead><tbody>");
    rows.forEach(cells -> raw(row("td", cells)));
    return raw("</tbody></table></div>");
  }

  private static String row(String tag, List<String> cells) {
    StringBuilder row = new StringBuilder("<tr>");
    cells.forEach(c -> row.append('<' + tag + '>').append(escape(c)).append("</" + tag + '>'));
    return row.append("</tr>").toString();
  }

  static String escape(String value) {
    return value
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /** A fraction as percent with one digit. */
  static String percent(double fraction) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * fraction);
  }

  /** A number with as many digits as a reader wants. */
  static String number(double value) {
    double size = Math.abs(value);
    String format =
        size >= 1000 || value == Math.rint(value) ? "%.0f" : size >= 10 ? "%.1f" : "%.3g";
    return String.format(Locale.ROOT, format, value);
  }

  @Override
  public String toString() {
    return text.toString();
  }
}

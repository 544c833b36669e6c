package dev.supcon.runner.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/** Head, style, table of contents and foot of every page. */
final class PageFrame {
  private PageFrame() {}

  /** The document, which is well-formed as XML, too. */
  static String render(String title, Html content) {
    String escaped = Html.escape(title);
    return """
        <!DOCTYPE html>
        <html lang="en"><head><meta charset="utf-8"/>
        <meta name="viewport" content="width=device-width,initial-scale=1"/>
        <meta name="color-scheme" content="light dark"/>
        <title>%s - SupCon</title>
        <style>%s</style></head><body>
        <header><p class="kind">Supervised contrastive learning: report</p><h1>%s</h1></header>
        <nav aria-label="Sections">%s</nav>
        <main>
        %s</main></body></html>
        """
        .formatted(escaped, style(), escaped, links(content), content);
  }

  private static String links(Html content) {
    return content.headings().stream()
        .map(title -> "<a href=\"#" + Html.anchor(title) + "\">" + Html.escape(title) + "</a>")
        .collect(Collectors.joining("\n"));
  }

  private static String style() {
    try (InputStream style = PageFrame.class.getResourceAsStream("page.css")) {
      if (style == null) {
        throw new IllegalStateException("page.css is not in the program");
      }
      return new String(style.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

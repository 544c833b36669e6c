package dev.supcon.runner.report;

import java.util.Base64;
import java.util.List;
import java.util.SortedMap;

/** The page of one run: numbers first, then the plots in the order of the steps. */
public final class HtmlReport {
  private HtmlReport() {}

  /** A self-contained HTML document: style, plots and pictures are inside. */
  public static String render(RunPage page) {
    Html html = new Html();
    HeadlineSection.render(html, page);
    TrainingSection.render(html, page.curves());
    views(html, page);
    ClassifierSection.render(html, page);
    embedding(html, page);
    CorruptionSection.render(html, page.result().metrics());
    TransferSection.render(html, page);
    paper(html);
    ProvenanceSection.render(html, page);
    return PageFrame.render(page.result().experiment(), html);
  }

  private static void views(Html html, RunPage page) {
    if (page.views().length > 0) {
      html.heading(
              "Views",
              "The first column is the image as it was packed, the others are augmented views of"
                  + " it, drawn as training draws them.")
          .raw(
              "<img class=\"sheet\" alt=\"Contact sheet: each row an image and its augmented views\""
                  + " src=\"data:image/png;base64,"
                  + Base64.getEncoder().encodeToString(page.views())
                  + "\"/>");
    }
  }

  private static void embedding(Html html, RunPage page) {
    if (!page.embedding().isEmpty()) {
      boolean many = page.classNames().size() > Plots.COLOURS;
      html.heading(
              "Embedding",
              "Normalised features of test images, projected on the two directions in which they"
                  + " spread most; the colour is the true class."
                  + (many ? " Colours repeat after ten classes." : ""))
          .raw("<div class=\"plots\">")
          .raw(Diagrams.scatter(page.embedding(), page.classNames()))
          .raw("</div>");
    }
  }

  private static void paper(Html html) {
    html.heading(
            "For comparison",
            "Table 2 of Khosla et al. 2020: top-1 in percent of a ResNet-50 on those data sets, not"
                + " on this run's.")
        .table("The paper's accuracies", PaperNumbers.TOP1_HEAD, PaperNumbers.TOP1);
  }

  /** The single metric, or nothing to show. */
  static double metric(SortedMap<String, Double> metrics, String name) {
    Double value = metrics.get(name);
    return value == null ? Double.NaN : value;
  }

  static List<String> transferred(SortedMap<String, Double> metrics) {
    return metrics.keySet().stream()
        .filter(name -> name.startsWith("transfer.") && name.endsWith(".top1"))
        .toList();
  }
}

package dev.supcon.runner.report;

import java.util.List;

/** The frozen encoder on other data sets. */
final class TransferSection {
  private static final String PREFIX = "transfer.";
  private static final String TOP1 = ".top1";

  private TransferSection() {}

  static void render(Html html, RunPage page) {
    List<List<String>> rows =
        HtmlReport.transferred(page.result().metrics()).stream()
            .map(name -> row(name, page))
            .toList();
    if (!rows.isEmpty()) {
      html.heading(
              "Transfer",
              "The frozen encoder on other data, by logistic regression on its features. The"
                  + " penalty was chosen on the holdout, then the regression refitted on training"
                  + " set and holdout.")
          .table(
              "Transfer",
              List.of(
                  "data set",
                  "top-1, test",
                  "interval",
                  "mean per class, test",
                  "test images",
                  "top-1, holdout",
                  "L2 penalty"),
              rows);
    }
  }

  private static List<String> row(String metric, RunPage page) {
    String step = "transfer-" + words(metric);
    double accuracy = HtmlReport.metric(page.result().metrics(), metric);
    String images = page.fact(step, "test images");
    long count = images.matches("\\d{1,9}") ? Long.parseLong(images) : 0;
    return List.of(
        words(metric),
        Figure.percent(accuracy),
        Figure.interval(accuracy, count),
        Figure.percent(HtmlReport.metric(page.result().metrics(), ofClass(metric))),
        images,
        Figure.brief(page.fact(step, "holdout top-1")),
        Figure.brief(page.fact(step, "l2")));
  }

  private static String ofClass(String metric) {
    return metric.substring(0, metric.length() - TOP1.length()) + ".meanPerClass";
  }

  /** The data set of a metric; whatever is measured but top-1 keeps its name. */
  static String words(String metric) {
    String name = metric.substring(PREFIX.length());
    return name.endsWith(TOP1) ? name.substring(0, name.length() - TOP1.length()) : name;
  }
}

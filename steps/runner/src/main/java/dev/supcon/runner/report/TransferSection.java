package dev.supcon.runner.report;

import java.util.List;

/** The frozen encoder on other data sets. */
final class TransferSection {
  private static final String PREFIX = "transfer.";
  private static final String TOP1 = ".top1";
  private static final String PER_CLASS = "mean per class";

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
                  + " penalty was chosen on the holdout by the metric that the papers report for"
                  + " the data set, then the regression refitted on training set and holdout.")
          .table(
              "Transfer",
              List.of(
                  "data set",
                  "metric of the papers",
                  "top-1, test",
                  "interval",
                  "mean per class, test",
                  "test images",
                  "the metric on the holdout",
                  "L2 penalty"),
              rows);
    }
  }

  private static List<String> row(String metric, RunPage page) {
    String step = step(metric);
    double accuracy = HtmlReport.metric(page.result().metrics(), metric);
    String images = page.fact(step, "test images");
    long count = images.matches("\\d{1,9}") ? Long.parseLong(images) : 0;
    return List.of(
        words(metric),
        page.fact(step, "metric"),
        Figure.percent(accuracy),
        Figure.interval(accuracy, count),
        Figure.percent(HtmlReport.metric(page.result().metrics(), ofClass(metric))),
        images,
        Figure.brief(page.fact(step, "holdout")),
        Figure.brief(page.fact(step, "l2")));
  }

  /** A tile of the metric that the papers report, by the name of the data set's top-1. */
  static Tile tile(String metric, RunPage page) {
    boolean ofClass = page.fact(step(metric), "metric").equals(PER_CLASS);
    return new Tile(
        ofClass ? ofClass(metric) : metric,
        "transfer to " + words(metric),
        ofClass ? "mean per class, test" : "top-1, test");
  }

  /** A metric with words above and below it. */
  record Tile(String metric, String words, String context) {}

  private static String step(String metric) {
    return "transfer-" + words(metric);
  }

  private static String ofClass(String metric) {
    return metric.substring(0, metric.length() - TOP1.length()) + ".meanPerClass";
  }

  /** The data set of a metric of top-1. */
  private static String words(String metric) {
    return metric.substring(PREFIX.length(), metric.length() - TOP1.length());
  }
}

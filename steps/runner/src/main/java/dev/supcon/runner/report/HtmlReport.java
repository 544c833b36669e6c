package dev.supcon.runner.report;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The page of one run: numbers first, then the plots in the order of the steps. */
public final class HtmlReport {
  private HtmlReport() {}

  /** A self-contained HTML document: style, plots and pictures are inside. */
  public static String render(RunPage page) {
    Html html = new Html();
    PageFrame.open(html, page.result().experiment());
    headline(html, page.result().metrics());
    steps(html, page.result());
    training(html, page.curves());
    views(html, page);
    calibration(html, page);
    embedding(html, page);
    CorruptionSection.render(html, page.result().metrics());
    transfer(html, page.result().metrics());
    comparison(html);
    details(html, page);
    return PageFrame.close(html);
  }

  private static void headline(Html html, Map<String, Double> metrics) {
    html.raw("<div class=\"tiles\">");
    tile(html, metrics, "classifier.test.top1", "top-1 on the test set");
    tile(html, metrics, "classifier.test.top5", "top-5");
    tile(html, metrics, "knn.test.top1", "nearest neighbours");
    tile(html, metrics, "classifier.test.ece", "calibration error (ECE)");
    tile(html, metrics, "corruption.meanError", "mean error on corrupted images");
    html.raw("</div>");
  }

  private static void tile(Html html, Map<String, Double> metrics, String name, String words) {
    Double value = metrics.get(name);
    if (value != null) {
      html.raw("<div><b>" + Html.percent(value) + "</b><span>" + words + "</span></div>");
    }
  }

  private static void steps(Html html, RunResult result) {
    html.heading("Steps", "A cached step was not run again: the store held its result.")
        .table(
            List.of("step", "state", "seconds", "key"),
            result.steps().stream()
                .map(
                    s ->
                        List.of(
                            s.name(),
                            s.state().name(),
                            Html.number(s.seconds()),
                            s.key().substring(0, 12)))
                .toList());
  }

  private static void training(Html html, List<Curve> curves) {
    if (curves.isEmpty()) {
      return;
    }
    html.heading("Training", "");
    html.raw("<div class=\"plots\">");
    curves.forEach(c -> html.raw(Plots.lines(c.name(), List.of(c), "step", shortName(c.name()))));
    html.raw("</div>");
  }

  private static String shortName(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  private static void views(Html html, RunPage page) {
    if (page.views().length > 0) {
      html.heading("Views", "The first column is the image, the others what training saw.")
          .raw(
              "<img class=\"sheet\" alt=\"views\" src=\"data:image/png;base64,"
                  + Base64.getEncoder().encodeToString(page.views())
                  + "\">");
    }
  }

  private static void calibration(Html html, RunPage page) {
    if (!page.calibration().isEmpty()) {
      html.heading(
              "Calibration",
              "On the diagonal, confidence is what it promises. The dot's area is the number of images.")
          .raw(Plots.reliability("reliability on the test set, 15 bins", page.calibration()));
    }
  }

  private static void embedding(Html html, RunPage page) {
    if (!page.embedding().isEmpty()) {
      html.heading("Embedding", "Features of test images, projected on their principal plane.")
          .raw(Plots.scatter("embedding map", page.embedding(), page.classNames()));
    }
  }

  private static void transfer(Html html, Map<String, Double> metrics) {
    List<List<String>> rows =
        metrics.entrySet().stream()
            .filter(e -> e.getKey().startsWith("transfer."))
            .map(e -> List.of(e.getKey().substring(9), Html.percent(e.getValue())))
            .toList();
    if (!rows.isEmpty()) {
      html.heading("Transfer", "The frozen encoder on other data, by logistic regression.")
          .table(List.of("data set and metric", "value"), rows);
    }
  }

  private static void comparison(Html html) {
    html.heading("The paper's accuracies", "Table 2 of Khosla et al. 2020, top-1 in percent.")
        .table(PaperNumbers.TOP1_HEAD, PaperNumbers.TOP1);
  }

  private static void details(Html html, RunPage page) {
    html.heading("All numbers", "")
        .table(
            List.of("metric", "value"),
            page.result().metrics().entrySet().stream()
                .map(e -> List.of(e.getKey(), Html.number(e.getValue())))
                .toList());
    List<List<String>> facts = new ArrayList<>();
    new TreeMap<>(page.facts())
        .forEach(
            (step, words) ->
                new TreeMap<>(words).forEach((k, v) -> facts.add(List.of(step + ": " + k, v))));
    html.heading("Facts", "").table(List.of("fact", "value"), facts);
    html.heading("Experiment", "The file with all defaults.")
        .raw(
            page.spec()
                .lines()
                .map(Html::escape)
                .collect(Collectors.joining("\n", "<pre>", "</pre>")));
  }
}

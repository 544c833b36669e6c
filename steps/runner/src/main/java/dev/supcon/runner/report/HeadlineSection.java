package dev.supcon.runner.report;

import dev.supcon.contract.step.StepKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the run is of, its numbers, what is to be minded, and what it lacks. */
final class HeadlineSection {
  private static final Map<StepKind, String> LACKING =
      Map.of(
          StepKind.PRETRAIN, "pretraining",
          StepKind.LINEAR, "linear stage (cross-entropy trains its classifier itself)",
          StepKind.CORRUPTION, "corruptions (spec.corruption is not there)",
          StepKind.TRANSFER, "transfer (spec.transfer is empty)");

  private final Html html;
  private final RunPage page;

  private HeadlineSection(Html html, RunPage page) {
    this.html = html;
    this.page = page;
  }

  static void render(Html html, RunPage page) {
    HeadlineSection section = new HeadlineSection(html, page);
    section.about();
    section.warnings();
    section.tiles();
    section.lacking();
  }

  private void about() {
    String words =
        Stream.of(training(), encoder(), data())
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining(" · "));
    html.raw(words.isEmpty() ? "" : "<p class=\"about\">" + Html.escape(words) + "</p>");
  }

  private String training() {
    String temperature = parameter("pretrain.loss.temperature");
    boolean tempered = List.of("supCon", "joint").contains(parameter("pretrain.loss.type"));
    return parameter("pretrain.loss.type").isEmpty()
        ? ""
        : "%s%s, %s epochs, batch of %s, seed %s"
            .formatted(
                parameter("pretrain.loss.type"),
                tempered ? " at temperature " + temperature : "",
                parameter("pretrain.epochs"),
                parameter("pretrain.batchSize"),
                parameter("seed"));
  }

  private String encoder() {
    return parameter("encoder.architecture").isEmpty()
        ? ""
        : "%s, width %s, %s"
            .formatted(
                parameter("encoder.architecture"),
                parameter("encoder.width"),
                parameter("encoder.precision"));
  }

  private String data() {
    return page.fact("augment", "train images").isEmpty()
        ? ""
        : "%s: %d classes, %s training, %s holdout and %s test images of %s pixels"
            .formatted(
                parameter("data.name"),
                page.classNames().size(),
                page.fact("augment", "train images"),
                page.fact("augment", "holdout images"),
                page.fact("augment", "test images"),
                page.fact("augment", "image size"));
  }

  private String parameter(String path) {
    return page.parameters().getOrDefault(path, "");
  }

  private void warnings() {
    page.facts()
        .forEach(
            (step, words) -> {
              if (words.containsKey("warning")) {
                warn(step + ": " + words.get("warning") + ".");
              }
            });
    page.result().steps().stream()
        .filter(step -> step.state() == RunResult.State.Failed)
        .forEach(step -> warn(step.name() + " failed; the numbers below lack what it measures."));
  }

  private void warn(String words) {
    html.raw("<p class=\"warning\" role=\"note\"><b>Mind:</b> " + Html.escape(words) + "</p>");
  }

  private void tiles() {
    SortedMap<String, Double> metrics = page.result().metrics();
    List<String> tiles = new ArrayList<>();
    String among = interval(metrics, "classifier.test.top1");
    tile(tiles, "classifier.test.top1", "top-1, test set", among);
    tile(tiles, "classifier.test.top5", "top-5, test set", "");
    tile(tiles, "knn.test.top1", "top-1 of nearest neighbours", interval(metrics, "knn.test.top1"));
    tile(tiles, "classifier.test.ece", "expected calibration error", "0 is best");
    tile(tiles, "corruption.meanError", "mean error, corrupted images", "0 is best");
    mce(tiles, metrics);
    HtmlReport.transferred(metrics).stream()
        .map(name -> TransferSection.tile(name, page))
        .forEach(tile -> tile(tiles, tile.metric(), tile.words(), tile.context()));
    html.raw(
        tiles.isEmpty()
            ? "<p>This run has no number yet.</p>"
            : "<dl class=\"tiles\">" + String.join("\n", tiles) + "</dl>");
  }

  private String interval(SortedMap<String, Double> metrics, String name) {
    String interval = Figure.interval(HtmlReport.metric(metrics, name), page.testImages());
    int classes = page.classNames().size();
    String chance = classes < 2 ? "" : "chance " + Figure.percent(1.0 / classes);
    return Stream.of(interval, chance)
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining("; "));
  }

  private static void mce(List<String> tiles, SortedMap<String, Double> metrics) {
    if (metrics.containsKey("corruption.mce")) {
      String percent = Figure.number(HtmlReport.metric(metrics, "corruption.mce")) + " %";
      tiles.add(tile(percent, "mCE, AlexNet is 100 %", "ImageNet-C's 15 types"));
    }
  }

  private void tile(List<String> tiles, String name, String words, String context) {
    Double value = page.result().metrics().get(name);
    if (value != null) {
      tiles.add(tile(Figure.percent(value), words, context));
    }
  }

  private static String tile(String value, String words, String context) {
    String below =
        context.isEmpty() ? "" : "<dd class=\"context\">" + Html.escape(context) + "</dd>";
    return "<div><dt>%s</dt><dd>%s</dd>%s</div>"
        .formatted(Html.escape(words), Html.escape(value), below);
  }

  private void lacking() {
    List<StepKind> there = page.result().steps().stream().map(RunResult.Step::kind).toList();
    String words =
        Stream.of(StepKind.PRETRAIN, StepKind.LINEAR, StepKind.CORRUPTION, StepKind.TRANSFER)
            .filter(kind -> !there.contains(kind))
            .map(LACKING::get)
            .collect(Collectors.joining("; "));
    html.raw(
        words.isEmpty() ? "" : "<p class=\"why\">Not in this run: " + Html.escape(words) + ".</p>");
  }
}

package dev.supcon.runner.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Which classes are told apart, how far confidence can be believed, and what was chosen how. */
final class ClassifierSection {
  /** More classes than this make no matrix that can be read. */
  private static final int MATRIX = 20;

  private final RunPage page;
  private final SortedMap<Integer, SortedMap<Integer, Integer>> answers = new TreeMap<>();

  private ClassifierSection(RunPage page) {
    this.page = page;
    for (RunPage.Answer answer : page.confusion()) {
      answers
          .computeIfAbsent(answer.label(), label -> new TreeMap<>())
          .merge(answer.predicted(), answer.count(), Integer::sum);
    }
  }

  static void render(Html html, RunPage page) {
    ClassifierSection section = new ClassifierSection(page);
    section.classes(html);
    section.calibration(html);
    section.margins(html);
  }

  private void classes(Html html) {
    if (answers.isEmpty()) {
      return;
    }
    if (page.classNames().size() <= MATRIX) {
      html.heading(
          "Classes",
          "Test images: a row is the true class, a column what the classifier said; the"
              + " diagonal is right. Accuracy of each class at the end of its row.");
      matrix(html);
    } else {
      html.heading("Classes", "The %d classes with the lowest accuracy.".formatted(MATRIX));
      worst(html);
    }
  }

  private void matrix(Html html) {
    html.openTable("numbers matrix", "Confusion matrix");
    StringBuilder head = new StringBuilder("<thead><tr><th scope=\"col\">true class</th>");
    page.classNames().forEach(name -> head.append(th("col", name)));
    html.raw(head + "<th scope=\"col\">accuracy</th></tr></thead><tbody>");
    for (int label = 0; label < page.classNames().size(); label++) {
      StringBuilder row = new StringBuilder("<tr>" + th("row", name(label)));
      for (int predicted = 0; predicted < page.classNames().size(); predicted++) {
        row.append(cell(label, predicted));
      }
      html.raw(row + "<td>" + accuracy(label) + "</td></tr>");
    }
    html.closeTable();
  }

  private static String th(String scope, String name) {
    return "<th scope=\"" + scope + "\">" + Html.escape(name) + "</th>";
  }

  private String cell(int label, int predicted) {
    int count = count(label, predicted);
    long share = Math.round(100.0 * count / Math.max(1, images(label)));
    String kind = label == predicted ? "right" : "wrong";
    return "<td class=\"" + kind + "\" style=\"--p:" + share + "%\">" + count + "</td>";
  }

  private void worst(Html html) {
    List<List<String>> rows = new ArrayList<>();
    answers.keySet().stream()
        .sorted(Comparator.comparingDouble(this::share))
        .limit(MATRIX)
        .forEach(
            label ->
                rows.add(
                    List.of(
                        name(label),
                        accuracy(label),
                        String.valueOf(images(label)),
                        oftenest(label))));
    html.table(
        "Accuracy by class",
        List.of("class", "accuracy", "test images", "oftenest taken for"),
        rows);
  }

  private String oftenest(int label) {
    return row(label).entrySet().stream()
        .filter(entry -> entry.getKey() != label)
        .max(Map.Entry.comparingByValue())
        .map(entry -> name(entry.getKey()) + " (" + entry.getValue() + ")")
        .orElse("none");
  }

  private String name(int label) {
    return label < page.classNames().size() ? page.classNames().get(label) : "class " + label;
  }

  private SortedMap<Integer, Integer> row(int label) {
    return answers.getOrDefault(label, new TreeMap<>());
  }

  private int count(int label, int predicted) {
    return row(label).getOrDefault(predicted, 0);
  }

  private int images(int label) {
    return row(label).values().stream().mapToInt(Integer::intValue).sum();
  }

  private double share(int label) {
    return (double) count(label, label) / Math.max(1, images(label));
  }

  private String accuracy(int label) {
    return images(label) == 0 ? "no images" : Figure.percent(share(label));
  }

  private void calibration(Html html) {
    if (page.testImages() > 0) {
      html.heading(
              "Calibration",
              "On the diagonal, confidence is what it promises; below it, the classifier believes"
                  + " itself too much. Confidence after temperature scaling on the holdout. The"
                  + " larger the dot, the more test images in its bin.")
          .raw("<div class=\"plots\">")
          .raw(Diagrams.reliability(page.calibration()))
          .raw("<div>")
          .facts("Chosen on the holdout", chosen())
          .raw("</div></div>");
    }
  }

  /** What the step with the classifier said, and its calibration in numbers. */
  private SortedMap<String, String> chosen() {
    SortedMap<String, String> words =
        new TreeMap<>(page.facts().getOrDefault("linear", new TreeMap<>()));
    words.replaceAll((name, fact) -> Figure.brief(fact));
    number(words, "expected calibration error (ECE)", "classifier.test.ece");
    number(words, "adaptive ECE (bins of equal counts)", "classifier.test.adaptiveEce");
    number(words, "class-wise ECE", "classifier.test.classwiseEce");
    number(words, "negative log likelihood (nats)", "classifier.test.nll");
    number(words, "Brier score (0 to 2)", "classifier.test.brier");
    number(words, "mean accuracy per class", "classifier.test.meanPerClass");
    number(words, "top-1 on the holdout", "classifier.val.top1");
    return words;
  }

  private void number(SortedMap<String, String> words, String name, String metric) {
    Double value = page.result().metrics().get(metric);
    if (value != null) {
      words.put(name, Figure.number(value));
    }
  }

  private void margins(Html html) {
    if (!page.margins().isEmpty()) {
      html.heading(
              "Margins and retrieval",
              "Margin: the probability of the true class less the highest other one. Retrieval:"
                  + " every test image asks for its class among all others by the cosine of their"
                  + " features.")
          .raw("<div class=\"plots\">")
          .raw(Diagrams.margins(page.margins()))
          .raw("<div>")
          .facts("Retrieval among test images", retrieval())
          .raw("</div></div>");
    }
  }

  private SortedMap<String, String> retrieval() {
    SortedMap<String, String> words = new TreeMap<>();
    for (int among : List.of(1, 2, 4, 8)) {
      number(words, "Recall@" + among, "retrieval.test.recallAt" + among);
    }
    number(words, "mAP@R", "retrieval.test.mapAtR");
    return words;
  }
}

package dev.supcon.runner.report;

import dev.supcon.contract.step.StepKind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Pages to draw, and a strict reader of what was drawn. */
final class Pages {
  static final List<String> CLASSES = List.of("cat", "dog", "newt");

  private Pages() {}

  /** A run with a result of every step. */
  static RunPage whole(String experiment) {
    return with(experiment, CLASSES, numbers(), facts(), curves(List.of(4.0, 3.0, 2.5)));
  }

  static RunPage with(
      String experiment,
      List<String> classes,
      Map<String, Double> metrics,
      Map<String, Map<String, String>> facts,
      List<Curve> curves) {
    TreeMap<String, SortedMap<String, String>> sorted = new TreeMap<>();
    facts.forEach((step, words) -> sorted.put(step, new TreeMap<>(words)));
    return new RunPage(
        new RunResult(experiment, steps(), new TreeMap<>(metrics), sorted),
        "spec: {name: " + experiment + "}",
        new TreeMap<>(parameters("0.1")),
        new TreeMap<>(Map.of("commit", "abc")),
        curves,
        new byte[] {1, 2, 3},
        List.of(new RunPage.Bin(0, 0, 0), new RunPage.Bin(0.6, 0.5, 100)),
        List.of(new RunPage.Dot(0.1, 0.2, 0), new RunPage.Dot(-0.4, 0.3, 2)),
        List.of(
            new RunPage.Answer(0, 0, 30),
            new RunPage.Answer(0, 1, 10),
            new RunPage.Answer(1, 1, 60)),
        List.of(0, 10, 30, 60),
        classes);
  }

  static Map<String, String> parameters(String temperature) {
    return Map.of(
        "pretrain.loss.type", "supCon",
        "pretrain.loss.temperature", temperature,
        "pretrain.epochs", "8",
        "pretrain.batchSize", "128",
        "seed", "0");
  }

  /** A run of nothing but its data. */
  static RunPage bare() {
    return new RunPage(
        new RunResult("bare", List.of(steps().getFirst()), new TreeMap<>(), new TreeMap<>()),
        "",
        new TreeMap<>(),
        new TreeMap<>(),
        List.of(),
        new byte[0],
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  static List<RunResult.Step> steps() {
    return List.of(
        step("augment", StepKind.AUGMENT, RunResult.State.Cached, 0),
        step("pretrain", StepKind.PRETRAIN, RunResult.State.Succeeded, 262.5),
        step("linear", StepKind.LINEAR, RunResult.State.Succeeded, 6.11),
        step("corruption", StepKind.CORRUPTION, RunResult.State.Succeeded, 13),
        step("transfer-pets", StepKind.TRANSFER, RunResult.State.Succeeded, 20));
  }

  private static RunResult.Step step(
      String name, StepKind kind, RunResult.State state, double seconds) {
    return new RunResult.Step(name, kind, "0123456789abcdef".repeat(4), state, seconds);
  }

  static Map<String, Double> numbers() {
    return Map.of(
        "classifier.test.top1", 0.5,
        "classifier.test.ece", 0.02,
        "knn.test.top1", 0.45,
        "corruption.meanError", 0.6,
        "corruption.gaussianNoise.1.error", 0.55,
        "corruption.gaussianNoise.5.error", 0.65,
        "corruption.ece.1", 0.03,
        "transfer.pets.top1", 0.7);
  }

  static Map<String, Map<String, String>> facts() {
    return Map.of(
        "linear", Map.of("temperature", "1.2345678901"),
        "transfer-pets", Map.of("test images", "400", "l2", "0.01778279410038923"));
  }

  static List<Curve> curves(List<Double> losses) {
    List<Curve.Point> points = new java.util.ArrayList<>();
    losses.forEach(loss -> points.add(new Curve.Point(points.size() + 1, loss)));
    return List.of(new Curve("train.loss", points));
  }

  /** The document, if it is well-formed. */
  static Document read(String html) {
    try {
      return javax.xml.parsers.DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(new java.io.ByteArrayInputStream(html.getBytes(StandardCharsets.UTF_8)));
    } catch (org.xml.sax.SAXException
        | java.io.IOException
        | javax.xml.parsers.ParserConfigurationException e) {
      throw new AssertionError("not well-formed: " + e.getMessage(), e);
    }
  }

  static List<Element> all(Document page, String name) {
    NodeList found = page.getElementsByTagName(name);
    return java.util.stream.IntStream.range(0, found.getLength())
        .mapToObj(i -> (Element) found.item(i))
        .toList();
  }

  static List<String> texts(Document page, String name) {
    return all(page, name).stream().map(Element::getTextContent).toList();
  }
}

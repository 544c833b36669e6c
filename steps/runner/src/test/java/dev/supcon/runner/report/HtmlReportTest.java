package dev.supcon.runner.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class HtmlReportTest {
  private static final String HOSTILE =
      "<script>alert(1)</script>\"'><img src=x onerror=a()>&\u0001";

  @Test
  void numbersComeFirstAndThenTheStepsInTheirOrder() {
    Document page = Pages.read(HtmlReport.render(Pages.whole("pets")));

    assertThat(Pages.texts(page, "h1")).containsExactly("pets");
    assertThat(Pages.texts(page, "h2"))
        .containsExactly(
            "Training",
            "Views",
            "Classes",
            "Calibration",
            "Margins and retrieval",
            "Embedding",
            "Corruptions",
            "Transfer",
            "For comparison",
            "Steps",
            "Experiment",
            "Provenance",
            "All numbers");
    assertThat(Pages.texts(page, "dt"))
        .containsExactly(
            "top-1, test set",
            "top-1 of nearest neighbours",
            "expected calibration error",
            "mean error, corrupted images",
            "transfer to pets");
    assertThat(Pages.texts(page, "dd"))
        .containsSubsequence("50.0 %", "95 %: 40.4 to 59.6; chance 33.3 %", "45.0 %");
  }

  @Test
  void aTransferSetIsHeadedByTheMetricThatThePapersReport() {
    Map<String, Double> metrics = new TreeMap<>(Pages.numbers());
    metrics.put("transfer.pets.meanPerClass", 0.65);
    RunPage pets =
        Pages.with(
            "pets",
            Pages.CLASSES,
            metrics,
            Map.of("transfer-pets", Map.of("metric", "mean per class")),
            List.of());

    assertThat(Pages.texts(Pages.read(HtmlReport.render(pets)), "dd"))
        .containsSubsequence("65.0 %", "mean per class, test")
        .doesNotContain("top-1, test");
  }

  @Test
  void moreCorruptionsThanColoursAreDrawnByTheirKind() {
    Map<String, Double> metrics = new TreeMap<>(Pages.numbers());
    for (String type :
        List.of(
            "shotNoise",
            "impulseNoise",
            "defocusBlur",
            "glassBlur",
            "motionBlur",
            "zoomBlur",
            "snow",
            "fog",
            "spatter",
            "elasticTransform",
            "jpegCompression")) {
      metrics.put("corruption." + type + ".1.error", 0.2);
    }
    RunPage many =
        Pages.with(
            "many", Pages.CLASSES, metrics, Pages.facts(), Pages.curves(List.of(4.0, 3.0, 2.5)));

    String html = HtmlReport.render(many);

    assertThat(html)
        .contains("blur (mean)", "digital (mean)", "noise (mean)", "weather (mean)")
        .contains("elastic transform");
  }

  @Test
  void hostileNamesStayText() {
    Map<String, Double> metrics = new TreeMap<>(Pages.numbers());
    metrics.put("transfer." + HOSTILE, 0.1);
    RunPage hostile =
        Pages.with(
            HOSTILE,
            List.of(HOSTILE, "]]>", "<!--"),
            metrics,
            Map.of("linear", Map.of(HOSTILE, HOSTILE), "pretrain", Map.of("warning", HOSTILE)),
            List.of(new Curve(HOSTILE, List.of(new Curve.Point(1, 2)))));

    for (String html :
        List.of(HtmlReport.render(hostile), Comparison.render(List.of(hostile, hostile)))) {
      Document page = Pages.read(html);
      assertThat(Pages.all(page, "script")).isEmpty();
      assertThat(Pages.all(page, "img")).allMatch(img -> img.getAttribute("alt").contains("sheet"));
      assertThat(Pages.all(page, "*")).noneMatch(element -> element.hasAttribute("onerror"));
      assertThat(page.getDocumentElement().getTextContent()).contains("<script>alert(1)</script>");
    }
  }

  @Test
  void noDrawingAndNoTableHoldsWhatIsNoNumber() {
    List<Double> odd =
        List.of(Double.NaN, Double.POSITIVE_INFINITY, 1.0, Double.NEGATIVE_INFINITY, 1e300, -0.0);
    Map<String, Double> metrics = new TreeMap<>(Pages.numbers());
    metrics.replaceAll((name, value) -> Double.NaN);
    List<Curve> curves = new ArrayList<>(Pages.curves(odd));
    curves.add(new Curve("empty", List.of()));
    curves.add(new Curve("nothing", List.of(new Curve.Point(3, Double.NaN))));
    curves.add(new Curve("constant", List.of(new Curve.Point(3, 0), new Curve.Point(4, 0))));
    RunPage page = Pages.with("odd", Pages.CLASSES, metrics, Pages.facts(), curves);

    String html = HtmlReport.render(page) + Comparison.render(List.of(page, page));
    assertThat(html).doesNotContain("NaN", "Infinity").contains("not finite");
  }

  @Test
  void thePageStandsAlone() {
    String html = HtmlReport.render(Pages.whole("pets"));
    Document page = Pages.read(html);

    assertThat(Pages.all(page, "img"))
        .hasSize(1)
        .allMatch(img -> img.getAttribute("src").startsWith("data:image/png;base64,AQID"));
    assertThat(Pages.all(page, "a")).allMatch(link -> link.getAttribute("href").startsWith("#"));
    for (String loading : List.of("script", "link", "iframe", "object", "embed", "base")) {
      assertThat(Pages.all(page, loading)).isEmpty();
    }
    assertThat(Pages.texts(page, "style").getFirst()).doesNotContain("url(", "@import");
  }

  @Test
  void itCanBeReadWithoutSight() {
    Document page = Pages.read(HtmlReport.render(Pages.whole("pets")));

    assertThat(page.getDocumentElement().getAttribute("lang")).isEqualTo("en");
    assertThat(Pages.texts(page, "title").getFirst()).isEqualTo("pets - SupCon");
    assertThat(Pages.all(page, "svg"))
        .hasSize(5)
        .allMatch(svg -> svg.getAttribute("role").equals("img"))
        .noneMatch(svg -> svg.getAttribute("aria-label").isBlank());
    assertThat(Pages.all(page, "svg").getFirst().getAttribute("aria-label"))
        .isEqualTo("Training loss; recent mean: 4 to 2.5000");
    assertThat(Pages.all(page, "img")).noneMatch(img -> img.getAttribute("alt").isBlank());
    assertThat(Pages.all(page, "th")).allMatch(th -> th.getAttribute("scope").matches("row|col"));
    assertThat(Pages.all(page, "div"))
        .filteredOn(div -> div.hasAttribute("tabindex"))
        .isNotEmpty()
        .noneMatch(div -> div.getAttribute("aria-label").isBlank());
  }

  @Test
  void everyLinkHasItsSection() {
    Document page = Pages.read(HtmlReport.render(Pages.whole("pets")));
    List<String> ids = Pages.all(page, "h2").stream().map(h -> h.getAttribute("id")).toList();

    assertThat(ids).doesNotHaveDuplicates();
    assertThat(Pages.all(page, "a").stream().map(a -> a.getAttribute("href").substring(1)))
        .containsExactlyElementsOf(ids);
  }

  @Test
  void aRunOfNothingButDataSaysWhatItLacks() {
    Document page = Pages.read(HtmlReport.render(Pages.bare()));
    String text = page.getDocumentElement().getTextContent();

    assertThat(text)
        .contains("This run has no number yet.")
        .contains("Not in this run: pretraining; linear stage")
        .contains("corruptions (spec.corruption is not there)")
        .contains("transfer (spec.transfer is empty)");
    assertThat(Pages.texts(page, "h2"))
        .containsExactly("For comparison", "Steps", "Experiment", "Provenance", "All numbers");
  }

  @Test
  void aWarningOfAStepStandsAboveTheNumbers() {
    String html =
        HtmlReport.render(
            Pages.with(
                "pets",
                Pages.CLASSES,
                Pages.numbers(),
                Map.of("pretrain", Map.of("warning", "the loss has not moved")),
                List.of()));

    assertThat(html.indexOf("pretrain: the loss has not moved."))
        .isPositive()
        .isLessThan(html.indexOf("class=\"tiles\""));
  }

  @Test
  void theMatrixCountsEveryAnswer() {
    Document page = Pages.read(HtmlReport.render(Pages.whole("pets")));
    Element matrix =
        Pages.all(page, "table").stream()
            .filter(table -> table.getAttribute("class").contains("matrix"))
            .findFirst()
            .orElseThrow();
    List<String> rows =
        IntStream.range(0, matrix.getElementsByTagName("tr").getLength())
            .mapToObj(i -> matrix.getElementsByTagName("tr").item(i).getTextContent())
            .toList();

    assertThat(rows)
        .containsExactly(
            "true classcatdognewtaccuracy", "cat3010075.0 %", "dog0600100.0 %", "newt000no images");
  }

  @Test
  void ofManyClassesTheWorstAreShown() {
    List<String> names = IntStream.range(0, 30).mapToObj(i -> "class" + i).toList();
    Document page =
        Pages.read(
            HtmlReport.render(
                Pages.with("many", names, Pages.numbers(), Pages.facts(), List.of())));

    assertThat(Pages.texts(page, "tr"))
        .contains("class075.0 %40class1 (10)")
        .noneMatch(row -> row.startsWith("true class"));
  }
}

package dev.supcon.runner.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class ComparisonTest {

  @Test
  void onlyWhatDiffersIsNamedAndEveryRunHasItsColumn() {
    RunPage a = Pages.whole("a");
    Document page = Pages.read(Comparison.render(List.of(a, hotter("b"))));

    assertThat(Pages.texts(page, "tr"))
        .contains("metricab", "pretrain.loss.temperature0.10.5", "classifier.test.top10.50000.5000")
        .noneMatch(row -> row.startsWith("pretrain.epochs"));
  }

  @Test
  void aMetricThatARunLacksIsSaidToBeMissing() {
    RunPage lacking =
        Pages.with("b", Pages.CLASSES, Map.of("knn.test.top1", 0.1), Map.of(), List.of());
    Document page = Pages.read(Comparison.render(List.of(Pages.whole("a"), lacking)));

    assertThat(Pages.texts(page, "tr")).contains("transfer.pets.top10.7000not measured");
  }

  @Test
  void curvesOfOneNameShareAPlot() {
    Document page = Pages.read(Comparison.render(List.of(Pages.whole("a"), Pages.whole("b"))));

    assertThat(Pages.all(page, "svg"))
        .singleElement()
        .satisfies(
            svg ->
                assertThat(svg.getAttribute("aria-label"))
                    .isEqualTo("Training loss; a: 4 to 2.5000; b: 4 to 2.5000"));
  }

  @Test
  void runsOfOneNameAreToldApart() {
    Document page = Pages.read(Comparison.render(List.of(Pages.whole("a"), Pages.whole("a"))));

    assertThat(Pages.texts(page, "tr")).contains("metrica #1a #2");
    assertThat(page.getDocumentElement().getTextContent()).contains("All parameters are equal");
  }

  private static RunPage hotter(String name) {
    RunPage page = Pages.whole(name);
    return new RunPage(
        page.result(),
        page.spec(),
        new TreeMap<>(Pages.parameters("0.5")),
        page.program(),
        page.curves(),
        page.views(),
        page.calibration(),
        page.embedding(),
        page.confusion(),
        page.margins(),
        page.classNames());
  }
}

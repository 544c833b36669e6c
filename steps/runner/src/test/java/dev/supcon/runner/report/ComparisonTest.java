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

  @Test
  void runsThatDifferInTheirSeedAloneHaveAMeanAndADeviation() {
    List<RunPage> runs =
        List.of(run("a", "0.1", "1", 0.50), run("a", "0.1", "2", 0.52), run("a", "0.1", "3", 0.57));

    assertThat(Pages.texts(Pages.read(Comparison.render(runs)), "tr"))
        .contains("classifier.test.top10.5300 ± 0.0361 (3)", "metrica, seed 1a, seed 2a, seed 3");
  }

  @Test
  void settingsOfOneNameAreCalledByWhatDiffersAndComparedSeedBySeed() {
    List<RunPage> runs =
        List.of(
            run("a", "0.1", "1", 0.50),
            run("a", "0.1", "2", 0.60),
            run("a", "0.5", "2", 0.61),
            run("a", "0.5", "1", 0.53),
            run("a", "0.5", "4", 0.99));
    Document page = Pages.read(Comparison.render(runs));

    assertThat(Pages.texts(page, "tr"))
        .contains(
            "metricpretrain.loss.temperature 0.1pretrain.loss.temperature 0.5",
            "classifier.test.top10.5500 ± 0.0707 (2)0.7100 ± 0.2458 (3)",
            "metricpretrain.loss.temperature 0.5",
            "classifier.test.top10.0200 ± 0.0141; 2 of 2 higher");
  }

  @Test
  void settingsOfDifferentNamesKeepThem() {
    List<RunPage> runs =
        List.of(
            run("cold", "0.1", "1", 0.5), run("hot", "0.5", "1", 0.5), run("hot", "0.5", "2", 0.6));
    Document page = Pages.read(Comparison.render(runs));

    assertThat(Pages.texts(page, "tr"))
        .contains("metriccoldhot", "classifier.test.top10.5000 (1)0.5500 ± 0.0707 (2)");
    assertThat(Pages.texts(page, "h2")).noneMatch(title -> title.startsWith("Beside"));
  }

  @Test
  void runsOfOneSeedEachHaveNoDeviation() {
    Document page =
        Pages.read(
            Comparison.render(List.of(run("a", "0.1", "1", 0.5), run("b", "0.5", "1", 0.6))));

    assertThat(Pages.texts(page, "h2")).doesNotContain("Over seeds");
  }

  @Test
  void everyNumberIsALineOfTheTable() {
    List<RunPage> runs = List.of(run("a", "0.1", "2", 0.1 + 0.2), run("a", "0.5", "1", 0.6));

    assertThat(NumbersTable.csv(runs).lines())
        .containsExactly(
            "setting,experiment,seed,metric,value",
            "pretrain.loss.temperature 0.1,a,2,classifier.test.top1,0.30000000000000004",
            "pretrain.loss.temperature 0.5,a,1,classifier.test.top1,0.6");
  }

  private static RunPage run(String name, String temperature, String seed, double top1) {
    RunPage page =
        Pages.with(name, Pages.CLASSES, Map.of("classifier.test.top1", top1), Map.of(), List.of());
    TreeMap<String, String> parameters = new TreeMap<>(Pages.parameters(temperature));
    parameters.put("seed", seed);
    return with(page, parameters);
  }

  private static RunPage hotter(String name) {
    return with(Pages.whole(name), Pages.parameters("0.5"));
  }

  private static RunPage with(RunPage page, Map<String, String> parameters) {
    return new RunPage(
        page.result(),
        page.spec(),
        new TreeMap<>(parameters),
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

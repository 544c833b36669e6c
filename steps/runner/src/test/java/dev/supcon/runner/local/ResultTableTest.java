package dev.supcon.runner.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.supcon.contract.step.StepKind;
import dev.supcon.runner.report.RunResult;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ResultTableTest {
  private static final String LONG =
      "transfer." + "a-very-long-name-of-a-data-set".repeat(2) + ".top1";

  @Test
  void valuesStandBelowEachOtherWhateverTheLongestName() {
    List<String> lines =
        ResultTable.of(result(Map.of(LONG, 0.5, "knn.test.top1", 0.25))).lines().toList();

    assertThat(lines)
        .filteredOn(line -> !line.isBlank())
        .hasSize(4)
        .extracting(line -> line.replaceAll("^(  \\S+ +).*", "$1").length())
        .containsOnly(2 + LONG.length() + 1);
  }

  @Test
  void aCachedStepHasNoTimeAndNoLineEndsInBlanks() {
    assertThat(ResultTable.of(result(Map.of("knn.test.top1", 0.25))).lines())
        .containsExactly(
            "",
            "  augment                            Cached",
            "  pretrain                           Succeeded  4 min 22 s",
            "",
            "  knn.test.top1                      0.2500",
            "");
  }

  @Test
  void singleCellsOfTheCorruptionTableStayOnThePage() {
    Map<String, Double> metrics =
        Map.of(
            "corruption.gaussianNoise.error", 0.1,
            "corruption.gaussianNoise.3.error", 0.2,
            "corruption.ece.3", 0.3,
            "embedding.rankMe", 17.0,
            "train.nonFiniteBatches", 2.0,
            "corruption.meanError", 0.4);

    assertThat(ResultTable.of(result(metrics)))
        .contains("corruption.gaussianNoise.error", "corruption.meanError")
        .doesNotContain(".3", "rankMe", "nonFiniteBatches");
  }

  static RunResult result(Map<String, Double> metrics) {
    String key = "0123456789abcdef".repeat(4);
    return new RunResult(
        "tiny",
        List.of(
            new RunResult.Step("augment", StepKind.AUGMENT, key, RunResult.State.Cached, 0),
            new RunResult.Step(
                "pretrain", StepKind.PRETRAIN, key, RunResult.State.Succeeded, 262.4)),
        new TreeMap<>(metrics),
        new TreeMap<>());
  }
}

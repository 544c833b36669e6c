package dev.supcon.runner.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.supcon.contract.step.StepKind;
import dev.supcon.runner.report.RunResult;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class ResultTableTest {

  @Test
  void aLineAStepThenALineANumberWithoutTheCellsOfTheCorruptionTable() {
    RunResult result =
        new RunResult(
            "tiny",
            List.of(
                new RunResult.Step(
                    "augment", StepKind.AUGMENT, "a".repeat(64), RunResult.State.Cached, 0),
                new RunResult.Step(
                    "pretrain", StepKind.PRETRAIN, "b".repeat(64), RunResult.State.Succeeded, 75)),
            new TreeMap<>(
                Map.of(
                    "classifier.test.top1", 0.91234,
                    "corruption.meanError", 0.25,
                    "corruption.contrast.error", 0.5,
                    "corruption.contrast.1.error", 0.4,
                    "corruption.ece.5", 0.3)));

    assertThat(ResultTable.of(result).lines())
        .containsExactly(
            "",
            "  augment                            Cached",
            "  pretrain                           Succeeded  1 min 15 s",
            "",
            "  classifier.test.top1               0.9123",
            "  corruption.contrast.error          0.5000",
            "  corruption.meanError               0.2500",
            "");
  }
}

package dev.supcon.runner.pretrain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.supcon.contract.spec.LossType;
import dev.supcon.contract.step.StepReport;
import dev.supcon.runner.workspace.FolderWorkspace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PretrainStepTest {

  @Test
  void lossFallsAndNeighboursBeatChance(@TempDir Path folder) throws IOException {
    TinyStudy.pack(folder.resolve("data"));
    FolderWorkspace workspace = new FolderWorkspace(folder);
    StepReport report = PretrainStep.run(TinyStudy.request(LossType.SUP_CON, 25, 0.05), workspace);
    SortedMap<Long, Double> losses = workspace.curve("train.loss");
    assertThat(losses.lastEntry().getValue()).isLessThan(0.9 * losses.firstEntry().getValue());
    assertThat(report.metrics().get("knn.holdout.top1")).isGreaterThan(2.0 / TinyStudy.CLASSES);
  }

  /** No accuracy is asked for: five epochs only show that data, views, head and loss fit. */
  @ParameterizedTest
  @EnumSource(
      value = LossType.class,
      names = {"UNKNOWN", "SUP_CON"},
      mode = EnumSource.Mode.EXCLUDE)
  void everyOtherLossFallsToo(LossType type, @TempDir Path folder) throws IOException {
    TinyStudy.pack(folder.resolve("data"));
    FolderWorkspace workspace = new FolderWorkspace(folder);
    StepReport report = PretrainStep.run(TinyStudy.request(type, 5, 0.02), workspace);
    SortedMap<Long, Double> losses = workspace.curve("train.epochLoss");
    assertThat(losses.lastEntry().getValue()).isLessThan(losses.firstEntry().getValue());
    assertThat(report.metrics().containsKey("classifier.test.top1")).isEqualTo(type.classifies());
  }
}

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
}

package dev.supcon.runner.pretrain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.supcon.contract.spec.LossType;
import dev.supcon.contract.step.StepReport;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PretrainStepTest {

  @Test
  void lossFallsAndNeighboursBeatChance(@TempDir Path folder) throws IOException {
    Path data = TinyStudy.pack(folder.resolve("data"));
    FolderWorkspace workspace = new FolderWorkspace(data, folder.resolve("run"), question -> false);
    StepReport report = PretrainStep.run(TinyStudy.request(LossType.SUP_CON, 20, 0.1), workspace);
    System.err.println(report);
    System.err.println(workspace.curve("train.loss"));
    System.err.println(workspace.curve("train.viewsPerSecond"));
    assertThat(workspace.curve("train.loss")).isNotEmpty();
  }
}

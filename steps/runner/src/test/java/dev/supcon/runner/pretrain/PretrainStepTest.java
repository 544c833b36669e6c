package dev.supcon.runner.pretrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.supcon.contract.spec.LossType;
import dev.supcon.contract.spec.PretrainSpec;
import dev.supcon.contract.step.ContractJson;
import dev.supcon.contract.step.StepReport;
import dev.supcon.contract.step.StepRequest;
import dev.supcon.runner.workspace.FolderWorkspace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

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

  /**
   * Twelve steps in three epochs, stopped in the second; each rule's memory must be in the state.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "'optimizer': {'nesterov': true, 'learningRate': 0.05}",
        "'optimizer': {'type': 'lars', 'learningRate': 4, 'weightDecayOn': 'withoutNorm'}",
        "'optimizer': {'type': 'lars', 'learningRate': 4, 'larsRule': 'afterMomentum'}",
        "'optimizer': {'type': 'rmsProp', 'learningRate': 0.01}",
        "'optimizer': {'type': 'adamW', 'learningRate': 0.01, 'weightDecayOn': 'weights'}",
        "'memory': {'size': 64}, 'optimizer': {'type': 'lars', 'learningRate': 4}",
        "'chunkSize': 8",
        "'loss': {'type': 'joint', 'joint': {'classifierGradient': 'through'}}",
        "'loss': {'type': 'joint'}, 'chunkSize': 8"
      })
  void aStopChangesNoBitWhateverTheRecipe(String recipe, @TempDir Path folder) throws IOException {
    PretrainSpec spec =
        ContractJson.read(
            ("{'batchSize': 16, 'epochs': 3, 'warmupEpochs': 1, 'clipNorm': 1, 'knn': {'everyEpochs': 0},"
                    + " 'schedule': {'type': 'exponential'}, "
                    + recipe
                    + "}")
                .replace('\'', '"'),
            PretrainSpec.class);
    StepRequest.Pretrain request = TinyStudy.request(spec);
    Path whole = folder.resolve("whole");
    Path halves = folder.resolve("halves");
    TinyStudy.pack(whole.resolve("data"));
    TinyStudy.pack(halves.resolve("data"));
    StepReport undisturbed = PretrainStep.run(request, new FolderWorkspace(whole));

    FolderWorkspace stopping = new FolderWorkspace(halves, question -> question == 6);
    assertThatThrownBy(() -> PretrainStep.run(request, stopping))
        .hasMessageContaining("stopped after step 5 of 12");
    StepReport resumed = PretrainStep.run(request, new FolderWorkspace(halves));

    assertThat(resumed.facts().get("encoder.sha256"))
        .isEqualTo(undisturbed.facts().get("encoder.sha256"));
    assertThat(halves.resolve("output/head.safetensors"))
        .hasSameBinaryContentAs(whole.resolve("output/head.safetensors"));
  }

  /** Of two images, nPairs has no positive or no negative: loss and gradient are always 0. */
  @Test
  void aBatchWithoutPositivesIsAStepLikeAnyOther(@TempDir Path folder) throws IOException {
    PretrainSpec spec =
        ContractJson.read(
            "{'batchSize': 2, 'epochs': 1, 'warmupEpochs': 1, 'loss': {'type': 'nPairs'}}"
                .replace('\'', '"'),
            PretrainSpec.class);
    TinyStudy.pack(folder.resolve("data"));
    FolderWorkspace workspace = new FolderWorkspace(folder);
    StepReport report = PretrainStep.run(TinyStudy.request(spec), workspace);

    assertThat(workspace.curve("train.loss").values()).hasSize(32).containsOnly(0.0);
    assertThat(report.metrics().get("knn.holdout.top1")).isPositive();
  }

  /** 304 steps that change nothing, at a temperature at which all answers cost about the same. */
  @Test
  void aRunWhoseLossNeverMovesSaysSo(@TempDir Path folder) throws IOException {
    PretrainSpec spec =
        ContractJson.read(
            ("{'batchSize': 8, 'epochs': 38, 'warmupEpochs': 0, 'knn': {'everyEpochs': 0},"
                    + " 'loss': {'temperature': 10}, 'optimizer': {'learningRate': 0}}")
                .replace('\'', '"'),
            PretrainSpec.class);
    TinyStudy.pack(folder.resolve("data"));
    StepReport report = PretrainStep.run(TinyStudy.request(spec), new FolderWorkspace(folder));

    assertThat(report.facts().getOrDefault("warning", ""))
        .contains("answers every image alike", "pretrain.optimizer.learningRate");
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

  @Test
  void aJointLossIsTheWeightedSumOfTheTermsThatAreSeenBesideIt(@TempDir Path folder)
      throws IOException {
    PretrainSpec spec =
        ContractJson.read(
            ("{'batchSize': 16, 'epochs': 2, 'warmupEpochs': 0, 'loss': {'type': 'joint',"
                    + " 'joint': {'contrastiveWeight': 0.5, 'crossEntropyWeight': 2}}}")
                .replace('\'', '"'),
            PretrainSpec.class);
    TinyStudy.pack(folder.resolve("data"));
    FolderWorkspace workspace = new FolderWorkspace(folder);
    StepReport report = PretrainStep.run(TinyStudy.request(spec), workspace);

    for (String place : List.of("train.%s", "train.epoch%s")) {
      boolean epoch = place.contains("epoch");
      var sum = workspace.curve(place.formatted(epoch ? "Loss" : "loss"));
      var near = workspace.curve(place.formatted(epoch ? "ContrastiveLoss" : "contrastiveLoss"));
      var right = workspace.curve(place.formatted(epoch ? "CrossEntropyLoss" : "crossEntropyLoss"));
      assertThat(sum).hasSize(epoch ? 2 : 8);
      sum.forEach(
          (step, loss) ->
              assertThat(loss)
                  .isCloseTo(
                      0.5 * near.getOrDefault(step, Double.NaN)
                          + 2 * right.getOrDefault(step, Double.NaN),
                      within(1e-9)));
    }
    assertThat(report.metrics().get("classifier.test.top1")).isGreaterThan(1.5 / TinyStudy.CLASSES);
  }
}

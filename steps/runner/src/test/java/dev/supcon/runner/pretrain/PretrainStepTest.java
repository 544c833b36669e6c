package dev.supcon.runner.pretrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.supcon.contract.spec.LossType;
import dev.supcon.contract.spec.PretrainSpec;
import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import dev.supcon.contract.step.StepReport;
import dev.supcon.contract.step.StepRequest;
import dev.supcon.runner.workspace.FolderWorkspace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PretrainStepTest {

  static StepReport run(StepRequest.Pretrain request, FolderWorkspace workspace) {
    return PretrainStep.run(request, Optional.empty(), workspace);
  }

  @Test
  void lossFallsAndNeighboursBeatChance(@TempDir Path folder) throws IOException {
    TinyStudy.pack(folder.resolve("data"));
    FolderWorkspace workspace = new FolderWorkspace(folder);
    StepReport report = run(TinyStudy.request(LossType.SUP_CON, 25, 0.05), workspace);
    SortedMap<Long, Double> losses = workspace.curve("train.loss");
    assertThat(losses.lastEntry().getValue()).isLessThan(0.9 * losses.firstEntry().getValue());
    assertThat(report.metrics().get("knn.holdout.top1")).isGreaterThan(2.0 / TinyStudy.CLASSES);
    assertThat(report.metrics())
        .containsEntry("train.nonFiniteBatches", 0.0)
        .containsEntry("train.batchesWithoutPositives", 0.0);
    assertThat(report.facts()).containsEntry("batch normalisation", "by batch: 32 views");
    assertThat(report.facts().get("peak memory")).matches("\\d+ MB");
    assertThat(workspace.curve("train.peakMegabytes")).hasSize(25);
  }

  /** Classes draw together; at the start, all images are almost alike. */
  @Test
  void theEmbeddingsGeometryIsSaidAfterEachEpoch(@TempDir Path folder) throws IOException {
    TinyStudy.pack(folder.resolve("data"));
    FolderWorkspace workspace = new FolderWorkspace(folder);
    StepReport report = run(TinyStudy.request(LossType.SUP_CON, 10, 0.05), workspace);

    for (String name : List.of("rankMe", "alignment", "uniformity")) {
      SortedMap<Long, Double> curve = workspace.curve("embedding." + name);
      assertThat(curve).as(name).hasSize(10);
      assertThat(report.metrics().get("embedding." + name)).isEqualTo(curve.lastEntry().getValue());
    }
    assertThat(workspace.curve("embedding.rankMe").values())
        .allMatch(rank -> rank > 1 && rank < 16.001);
    assertThat(workspace.curve("embedding.uniformity").values()).allMatch(value -> value <= 0);
    assertThat(workspace.curve("embedding.alignment").values())
        .allMatch(value -> value >= 0 && value <= 4);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'batchSize': 16, 'chunkSize': 8              | ghost: chunks of 16 views",
        "'batchSize': 16, 'devices': 2                | ghost: 2 devices, 16 views of each",
        "'batchSize': 16, 'memory': {'size': 16}      | by batch: 16 queries, and 16 keys apart",
        "'batchSize': 16, 'loss': {'type': 'nPairs'}  | by batch: 16 views"
      },
      quoteCharacter = '"')
  void theRecordSaysWhatNormalises(String recipe, String word, @TempDir Path folder)
      throws IOException {
    PretrainSpec spec =
        TinyStudy.spec(
            "{'epochs': 1, 'warmupEpochs': 0, 'knn': {'everyEpochs': 0}, " + recipe + "}");
    TinyStudy.pack(folder.resolve("data"));
    StepReport report = run(TinyStudy.request(spec), new FolderWorkspace(folder));

    assertThat(report.facts()).containsEntry("batch normalisation", word);
  }

  @Test
  void aClassifierHasNoEmbeddingsToMeasure(@TempDir Path folder) throws IOException {
    TinyStudy.pack(folder.resolve("data"));
    FolderWorkspace workspace = new FolderWorkspace(folder);
    StepReport report = run(TinyStudy.request(LossType.CROSS_ENTROPY, 1, 0.05), workspace);

    assertThat(report.metrics().keySet()).noneMatch(name -> name.startsWith("embedding."));
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
        "'devices': 2",
        "'devices': 2, 'chunkSize': 4, 'optimizer': {'nesterov': true, 'learningRate': 0.05}",
        "'loss': {'type': 'joint', 'joint': {'classifierGradient': 'through'}}",
        "'batches': {'composition': 'classBalanced'}",
        "'batches': {'composition': 'classesTimesSamples', 'samplesPerClass': 8}",
        "'loss': {'type': 'crossEntropy', 'mixing': {'alpha': 0.2}}",
        "'loss': {'type': 'crossEntropy', 'mixing': {'type': 'cutMix'}}, 'chunkSize': 8",
        "'loss': {'type': 'joint'}, 'chunkSize': 8",
        "'loss': {'type': 'joint'}, 'devices': 2, 'chunkSize': 4"
      })
  void aStopChangesNoBitWhateverTheRecipe(String recipe, @TempDir Path folder) throws IOException {
    PretrainSpec spec =
        TinyStudy.spec(
            "{'batchSize': 16, 'epochs': 3, 'warmupEpochs': 1, 'clipNorm': 1, 'knn':"
                + " {'everyEpochs': 0}, 'schedule': {'type': 'exponential'}, "
                + recipe
                + "}");
    StepRequest.Pretrain request = TinyStudy.request(spec);
    Path whole = folder.resolve("whole");
    Path halves = folder.resolve("halves");
    TinyStudy.pack(whole.resolve("data"));
    TinyStudy.pack(halves.resolve("data"));
    StepReport undisturbed = run(request, new FolderWorkspace(whole));

    FolderWorkspace stopping = new FolderWorkspace(halves, question -> question == 7);
    assertThatThrownBy(() -> run(request, stopping)) // a classifier asks once less each epoch
        .hasMessageMatching("stopped after step [56] of 12; .*");
    StepReport resumed = run(request, new FolderWorkspace(halves));

    assertThat(resumed.facts().get("encoder.sha256"))
        .isEqualTo(undisturbed.facts().get("encoder.sha256"));
    assertThat(halves.resolve("output/head.safetensors"))
        .hasSameBinaryContentAs(whole.resolve("output/head.safetensors"));
  }

  /**
   * Four steps an epoch, and no checkpoint by the clock; a stop between changes neither what stays
   * nor a bit.
   */
  @Test
  void theCheckpointsThatWereAskedForStay(@TempDir Path folder) throws IOException {
    PretrainSpec spec =
        TinyStudy.spec(
            "{'batchSize': 16, 'epochs': 9, 'warmupEpochs': 0, 'checkpointSeconds': 86400,"
                + " 'knn': {'everyEpochs': 1, 'neighbours': 5},"
                + " 'checkpoints': {'keepEveryEpochs': 4, 'keepBest': true}}");
    Path whole = folder.resolve("whole");
    Path halves = folder.resolve("halves");
    TinyStudy.pack(whole.resolve("data"));
    TinyStudy.pack(halves.resolve("data"));
    FolderWorkspace undisturbed = new FolderWorkspace(whole);
    StepReport report = run(TinyStudy.request(spec), undisturbed);

    SortedMap<Long, Double> scores = undisturbed.curve("knn.holdout.top1");
    double highest = Collections.max(scores.values());
    long best =
        scores.entrySet().stream()
            .filter(score -> score.getValue() == highest)
            .findFirst()
            .orElseThrow()
            .getKey();
    assertThat(undisturbed.checkpointNumbers()).contains(16L, 32L, 36L, best);
    assertThat(undisturbed.checkpointNumbers()).hasSizeLessThanOrEqualTo(5);
    assertThat(report.facts().get("best checkpoint"))
        .isEqualTo("step %d, knn.holdout.top1 %.4f".formatted(best, highest));

    FolderWorkspace stopping = new FolderWorkspace(halves, question -> question >= 40);
    assertThatThrownBy(() -> run(TinyStudy.request(spec), stopping))
        .hasMessageContaining("stopped");
    StepReport resumed = run(TinyStudy.request(spec), new FolderWorkspace(halves));
    assertThat(new FolderWorkspace(halves).checkpointNumbers()).contains(16L, 32L, 36L, best);
    assertThat(resumed.facts().get("best checkpoint"))
        .isEqualTo(report.facts().get("best checkpoint"));
    assertThat(resumed.facts().get("encoder.sha256"))
        .isEqualTo(report.facts().get("encoder.sha256"));
  }

  /** Six batches reach over the end of an epoch, at which all probes meet such a network. */
  @ParameterizedTest
  @ValueSource(ints = {0, 5})
  void aRunThatStaysNotFiniteEnds(int passedOver, @TempDir Path folder) throws IOException {
    PretrainSpec spec =
        TinyStudy.spec(
            "{'batchSize': 16, 'epochs': 3, 'warmupEpochs': 0, 'knn': {'everyEpochs': 1, 'neighbours': 5},"
                + " 'nonFiniteBatches': "
                + passedOver
                + ", 'optimizer': {'learningRate': 1000, 'weightDecay': 1000}}");
    TinyStudy.pack(folder.resolve("data"));
    FolderWorkspace workspace = new FolderWorkspace(folder);

    assertThatThrownBy(() -> run(TinyStudy.request(spec), workspace))
        .isInstanceOfSatisfying(
            StepFailure.class,
            failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.DIVERGED))
        .hasMessageContainingAll("in step ", "write a smaller pretrain.optimizer.learningRate")
        .satisfies(
            failure ->
                assertThat(String.valueOf(failure.getMessage()).contains("and 6 times in a row"))
                    .isEqualTo(passedOver == 5));
  }

  /** Of two images, nPairs has no positive or no negative: loss and gradient are always 0. */
  @Test
  void aBatchWithoutPositivesIsAStepLikeAnyOther(@TempDir Path folder) throws IOException {
    PretrainSpec spec =
        TinyStudy.spec(
            "{'batchSize': 2, 'epochs': 1, 'warmupEpochs': 1, 'loss': {'type': 'nPairs'}}");
    TinyStudy.pack(folder.resolve("data"));
    FolderWorkspace workspace = new FolderWorkspace(folder);
    StepReport report = run(TinyStudy.request(spec), workspace);

    assertThat(workspace.curve("train.loss").values()).hasSize(32).containsOnly(0.0);
    double counted = report.metrics().getOrDefault("train.batchesWithoutPositives", 0.0);
    assertThat(counted).isBetween(16.0, 31.0); // two of 64 images of four classes
    assertThat(workspace.curve("train.batchesWithoutPositives").values()).containsExactly(counted);
    assertThat(workspace.curve("embedding.rankMe").values()).allMatch(rank -> rank < 2.001);
    assertThat(report.metrics().get("knn.holdout.top1")).isPositive();
  }

  /** 304 steps that change nothing, at a temperature at which all answers cost about the same. */
  @Test
  void aRunWhoseLossNeverMovesSaysSo(@TempDir Path folder) throws IOException {
    PretrainSpec spec =
        TinyStudy.spec(
            "{'batchSize': 8, 'epochs': 38, 'warmupEpochs': 0, 'knn': {'everyEpochs': 0},"
                + " 'loss': {'temperature': 10}, 'optimizer': {'learningRate': 0}}");
    TinyStudy.pack(folder.resolve("data"));
    StepReport report = run(TinyStudy.request(spec), new FolderWorkspace(folder));

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
    StepReport report = run(TinyStudy.request(type, 5, 0.02), workspace);
    SortedMap<Long, Double> losses = workspace.curve("train.epochLoss");
    assertThat(losses.lastEntry().getValue()).isLessThan(losses.firstEntry().getValue());
    assertThat(report.metrics().containsKey("classifier.test.top1")).isEqualTo(type.classifies());
  }

  @Test
  void aJointLossIsTheWeightedSumOfTheTermsThatAreSeenBesideIt(@TempDir Path folder)
      throws IOException {
    PretrainSpec spec =
        TinyStudy.spec(
            "{'batchSize': 16, 'epochs': 2, 'warmupEpochs': 0, 'loss': {'type': 'joint',"
                + " 'joint': {'contrastiveWeight': 0.5, 'crossEntropyWeight': 2}}}");
    TinyStudy.pack(folder.resolve("data"));
    FolderWorkspace workspace = new FolderWorkspace(folder);
    StepReport report = run(TinyStudy.request(spec), workspace);

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
    assertThat(report.metrics().get("classifier.test.top1")).isBetween(0.0, 1.0);
  }
}

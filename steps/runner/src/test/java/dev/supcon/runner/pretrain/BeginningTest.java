package dev.supcon.runner.pretrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.supcon.contract.spec.InitialWeightsSpec;
import dev.supcon.contract.spec.LossType;
import dev.supcon.contract.step.StepReport;
import dev.supcon.contract.step.StepRequest;
import dev.supcon.runner.checkpoint.SafeTensors;
import dev.supcon.runner.data.LocalPlace;
import dev.supcon.runner.data.SourcePlace;
import dev.supcon.runner.workspace.FolderWorkspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pretraining that begins with the weights of a file. */
final class BeginningTest {
  private static final String STILL =
      "{'batchSize': 16, 'epochs': 2, 'warmupEpochs': 0, 'knn': {'everyEpochs': 0}, 'optimizer':"
          + " {'learningRate': 0}";

  private static StepRequest.Pretrain begun(String pretrain, InitialWeightsSpec weights)
      throws IOException {
    StepRequest.Pretrain request = TinyStudy.request(TinyStudy.spec(pretrain));
    return new StepRequest.Pretrain(
        request.header(),
        null,
        request.views(),
        request.encoder().with(weights),
        request.projection(),
        request.pretrain(),
        null);
  }

  /** At a learning rate of 0 the parameters stay what they were before the first update. */
  @ParameterizedTest
  @ValueSource(strings = {"}", ", 'memory': {'size': 64}}", ", 'chunkSize': 8}"})
  void trainingBeginsWithTheGivenWeights(String recipe, @TempDir Path folder) throws IOException {
    TinyStudy.pack(folder.resolve("data"));
    PretrainStepTest.run(TinyStudy.request(LossType.SUP_CON, 1, 0.05), new FolderWorkspace(folder));
    Path given = Files.move(folder.resolve("output/encoder.safetensors"), folder.resolve("given"));
    Files.delete(folder.resolve("output/head.safetensors"));
    Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
    TinyStudy.pack(elsewhere.resolve("data"));
    InitialWeightsSpec spec =
        new InitialWeightsSpec(
            given.toString(),
            null,
            Fingerprint.of(given),
            List.of(0.485, 0.456, 0.406),
            List.of(0.229, 0.224, 0.225));

    FolderWorkspace workspace = new FolderWorkspace(elsewhere);
    StepReport report =
        PretrainStep.run(
            begun(STILL + recipe, spec), Optional.of(new LocalPlace(given)), workspace);

    SafeTensors before = SafeTensors.read(given);
    SafeTensors after = SafeTensors.read(elsewhere.resolve("output/encoder.safetensors"));
    assertThat(after.tensors().keySet()).isEqualTo(before.tensors().keySet());
    before.tensors().keySet().stream()
        .filter(name -> !name.contains("running_") && !name.contains("num_batches"))
        .forEach(name -> assertThat(after.tensor(name)).as(name).isEqualTo(before.tensor(name)));
    assertThat(after.metadata()).containsEntry("mean", "[0.485,0.456,0.406]");
    assertThat(report.facts()).containsKey("initial weights");
    assertThat(workspace.said()).contains("reading the initial weights");
  }

  @Test
  void aRunWithGivenWeightsGoesOnWhereverTheyLieThen(@TempDir Path folder) throws IOException {
    TinyStudy.pack(folder.resolve("data"));
    PretrainStepTest.run(TinyStudy.request(LossType.SUP_CON, 1, 0.05), new FolderWorkspace(folder));
    Path given = Files.move(folder.resolve("output/encoder.safetensors"), folder.resolve("given"));
    String digest = Fingerprint.of(given);
    Path other = Files.createDirectories(folder.resolve("other"));
    TinyStudy.pack(other.resolve("data"));
    StepRequest.Pretrain first =
        begun(STILL + "}", new InitialWeightsSpec("here", null, digest, null, null));
    StepRequest.Pretrain second =
        begun(STILL + "}", new InitialWeightsSpec("there", null, digest, null, null));
    Optional<SourcePlace> place = Optional.of(new LocalPlace(given));

    assertThatThrownBy(
            () ->
                PretrainStep.run(
                    first, place, new FolderWorkspace(other, question -> question == 6)))
        .hasMessageContaining("stopped after step");
    PretrainStep.run(second, place, new FolderWorkspace(other));

    assertThat(other.resolve("output/encoder.safetensors")).exists();
  }

  @Test
  void otherWeightsThanThePlansAreRefused(@TempDir Path folder) throws IOException {
    TinyStudy.pack(folder.resolve("data"));
    Path given = Files.writeString(folder.resolve("given"), "other");
    StepRequest.Pretrain request =
        begun(STILL + "}", new InitialWeightsSpec("a", null, "0".repeat(64), null, null));

    assertThatThrownBy(
            () ->
                PretrainStep.run(
                    request, Optional.of(new LocalPlace(given)), new FolderWorkspace(folder)))
        .hasMessageContaining("the plan has " + "0".repeat(64));
    assertThatThrownBy(() -> PretrainStepTest.run(request, new FolderWorkspace(folder)))
        .hasMessageContaining("Nothing says where the initial weights lie");
  }
}

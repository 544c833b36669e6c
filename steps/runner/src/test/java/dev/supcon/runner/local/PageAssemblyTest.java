package dev.supcon.runner.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.supcon.contract.plan.Plan;
import dev.supcon.contract.plan.PlannedStep;
import dev.supcon.contract.plan.Planner;
import dev.supcon.contract.step.StepKind;
import dev.supcon.contract.step.StepReport;
import dev.supcon.runner.report.HtmlReport;
import dev.supcon.runner.report.RunPage;
import dev.supcon.runner.workspace.Attempt;
import dev.supcon.runner.workspace.StoreWorkspace;
import dev.supcon.services.store.FolderStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageAssemblyTest {
  private static final String EXPERIMENT =
      """
      apiVersion: supcon.dev/v1alpha1
      kind: SupConExperiment
      metadata: {name: tiny}
      spec:
        data: {name: shapes}
        pretrain: {loss: {type: crossEntropy}}
        linear: {epochs: 3}
        transfer: [{data: {name: shapes-novel}}]
      """;

  @TempDir private Path root;
  private Plan plan = new Plan("none", List.of());

  @BeforeEach
  void plan() throws IOException {
    Path file = Files.writeString(root.resolve("tiny.yaml"), EXPERIMENT);
    ExperimentFile experiment = ExperimentFile.read(file, List.of());
    plan = Planner.plan(Resolution.of(experiment, Map.of(), Map.of(), root).experiment());
  }

  /** Cross-entropy has a classifier of its own; when both are there, the linear stage's counts. */
  @Test
  void theLinearStagesNumbersWinOverCrossEntropysOwn() throws IOException {
    publish("pretrain", Map.of("classifier.test.top1", 0.3), Map.of("linear.json", bins(3)));
    publish("linear", Map.of("classifier.test.top1", 0.6), Map.of("linear.json", bins(6)));

    assertThat(page().result().metrics()).containsEntry("classifier.test.top1", 0.6);
    assertThat(page().calibration()).containsExactly(new RunPage.Bin(0.5, 0.5, 6));
  }

  @Test
  void withoutALinearStageTheClassifierIsCrossEntropys() throws IOException {
    publish("pretrain", Map.of("classifier.test.top1", 0.3), Map.of("linear.json", bins(3)));

    assertThat(page().result().metrics()).containsEntry("classifier.test.top1", 0.3);
    assertThat(page().calibration()).containsExactly(new RunPage.Bin(0.5, 0.5, 3));
    assertThat(page().confusion()).isEmpty();
  }

  @Test
  void classNamesAreTheMainDataSetsAndMayHoldCommas() throws IOException {
    publish("augment", Map.of(), Map.of("index.json", "{\"classNames\": [\"a, b\", \"c\"]}"));
    publish("augment-shapes-novel", Map.of(), Map.of("index.json", "{\"classNames\": [\"z\"]}"));

    assertThat(page().classNames()).containsExactly("a, b", "c");
  }

  @Test
  void parametersHoldDefaultsByThePathsOfTheSpec() {
    assertThat(page().parameters())
        .containsEntry("linear.epochs", "3")
        .containsEntry("pretrain.loss.type", "crossEntropy")
        .containsEntry("encoder.architecture", "resnet50")
        .containsEntry("data.name", "shapes")
        .containsEntry("transfer.shapes-novel.data.name", "shapes-novel")
        .containsEntry("seed", "0")
        .doesNotContainKeys("kind", "digest", "header.seed");
  }

  @Test
  void aStoreWithoutResultsGivesAPageThatSaysSo() {
    assertThat(HtmlReport.render(page())).contains("This run has no number yet.");
  }

  private RunPage page() {
    return new PageAssembly(store(), plan).page(List.of(), EXPERIMENT);
  }

  private FolderStore store() {
    return new FolderStore(root.resolve("store"));
  }

  private static String bins(int count) {
    return "{\"bins\": [{\"confidence\": 0.5, \"accuracy\": 0.5, \"count\": " + count + "}]}";
  }

  private void publish(String name, Map<String, Double> metrics, Map<String, String> files)
      throws IOException {
    PlannedStep step = plan.step(name);
    Attempt attempt =
        new Attempt(
            name,
            root.resolve("scratch-" + name),
            () -> false,
            Duration.ZERO,
            InstantSource.fixed(Instant.EPOCH),
            new Attempt.Observer((doing, fraction) -> {}, point -> {}, words -> {}));
    StoreWorkspace workspace = new StoreWorkspace(store(), step.request().header(), attempt);
    for (Map.Entry<String, String> file : files.entrySet()) {
      Files.writeString(workspace.output().resolve(file.getKey()), file.getValue());
    }
    StepKind kind = step.kind();
    workspace.publish(new StepReport(kind, metrics, Map.of("fact of " + name, "yes"), 1));
  }
}

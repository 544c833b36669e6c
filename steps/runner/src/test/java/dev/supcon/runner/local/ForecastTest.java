package dev.supcon.runner.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.supcon.contract.plan.Plan;
import dev.supcon.contract.plan.PlannedStep;
import dev.supcon.contract.plan.Planner;
import dev.supcon.contract.step.StepKey;
import dev.supcon.contract.step.StepKind;
import dev.supcon.contract.step.StepReport;
import dev.supcon.services.store.FolderStore;
import dev.supcon.services.store.Lookup;
import dev.supcon.services.store.ObjectStore;
import dev.supcon.services.store.Outcome;
import dev.supcon.services.store.StepStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ForecastTest {
  private static final Forecast.Expected CACHED = new Forecast.Cached();

  @TempDir private Path folder;
  private ObjectStore store = new FolderStore(Path.of("target/unused"));
  private Plan plan = new Plan("", List.of());

  @BeforeEach
  void planAnExample() {
    store = new FolderStore(folder.resolve("store"));
    ExperimentFile file =
        ExperimentFile.read(Path.of("../../manifests/experiments/quickstart.yaml"), List.of());
    plan =
        Planner.plan(
            Resolution.of(file, Map.of(), Map.of(), folder.resolve("digests")).experiment());
  }

  /** Makes a step's result, naming the results of its inputs as they are now. */
  private void finish(String name) throws IOException {
    PlannedStep step = plan.step(name);
    Path files = Files.createTempDirectory(folder, "files");
    Files.writeString(files.resolve("result.txt"), files.toString());
    Map<StepKey, String> inputs = new HashMap<>();
    for (StepKey input : step.request().header().inputs().values()) {
      if (new StepStore(store, input).lookup() instanceof Lookup.Hit hit) {
        inputs.put(input, hit.digest());
      }
    }
    new StepStore(store, step.key())
        .publish(
            files.getFileName().toString(),
            files,
            new Outcome(
                new StepReport(StepKind.AUGMENT, Map.of(), Map.of(), 0), inputs, List.of()));
  }

  private void finishAll() throws IOException {
    for (PlannedStep step : plan.steps()) {
      finish(step.name());
    }
  }

  private void lose(String name) {
    String folder = "steps/" + plan.step(name).key().hex();
    store.list(folder).stream().filter(key -> key.endsWith("result.txt")).forEach(store::delete);
  }

  @Test
  void inAnEmptyStoreEveryStepRunsTheFirstOfThemForWantOfAResult() {
    Map<String, Forecast.Expected> expected = Forecast.of(plan, store);

    assertThat(expected.keySet())
        .containsExactlyElementsOf(plan.steps().stream().map(PlannedStep::name).toList());
    assertThat(expected)
        .containsEntry("augment", new Forecast.Run("NoManifest"))
        .containsEntry("pretrain", new Forecast.Run("its input augment runs"))
        .doesNotContainValue(CACHED);
  }

  @Test
  void whatIsDoneIsCached() throws IOException {
    finishAll();

    assertThat(Forecast.of(plan, store).values()).containsOnly(CACHED);
  }

  @Test
  void aStepWhoseInputRunsRunsThoughItsOwnResultIsWhole() throws IOException {
    finishAll();
    lose("pretrain");

    assertThat(Forecast.of(plan, store))
        .containsEntry("augment", CACHED)
        .containsEntry("pretrain", new Forecast.Run("BlobMissing result.txt is gone"))
        .containsEntry("linear", new Forecast.Run("its input pretrain runs"))
        .containsEntry("augment-shapes-novel", CACHED);
  }

  @Test
  void aStepWhoseInputWasMadeAgainRuns() throws IOException {
    finishAll();
    lose("pretrain");
    finish("pretrain");

    assertThat(Forecast.of(plan, store))
        .containsEntry("pretrain", CACHED)
        .containsEntry(
            "linear",
            new Forecast.Run(
                "InputReplaced step " + plan.step("pretrain").key().brief() + " was made again"));
  }
}

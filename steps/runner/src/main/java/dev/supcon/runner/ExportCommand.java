package dev.supcon.runner;

import dev.supcon.contract.step.StepKey;
import dev.supcon.runner.export.FeatureFiles;
import dev.supcon.runner.export.ModelCard;
import dev.supcon.runner.export.ModelFiles;
import dev.supcon.runner.export.ModelFormat;
import dev.supcon.runner.export.StoredRun;
import dev.supcon.runner.export.TrainedModel;
import dev.supcon.runner.local.RunFolder;
import dev.supcon.runner.report.RunPage;
import dev.supcon.runner.workspace.TemporaryFolder;
import dev.supcon.services.store.ObjectStore;
import dev.supcon.services.store.Stores;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A run's encoder and classifier for other programs. */
@Command(
    name = "export",
    description = "Writes a run's encoder, and its classifier if it has one, for other programs.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example: supcon export runs/quickstart --format onnx --out model.onnx",
      "",
      "safetensors, torchscript and onnx write a file, djl, mlflow and triton a folder,",
      "npy a folder of the features and labels of the run's images.",
      "How images have to be prepared stands in supcon.json, beside the model or in it."
    })
final class ExportCommand implements Callable<Integer> {
  @Parameters(paramLabel = "RUN", description = "Folder of a run.")
  private Path run = Path.of("");

  @Option(
      names = "--format",
      required = true,
      paramLabel = "FORMAT",
      description = "safetensors, torchscript, onnx, djl, mlflow, triton or npy.")
  private ModelFormat format = ModelFormat.SAFETENSORS;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "PATH",
      description = "File or folder that is written.")
  private Path out = Path.of("");

  @Option(
      names = "--store",
      paramLabel = "DIR|s3://BUCKET/PREFIX",
      description = "Where the run's artifacts are (default: .store beside the run's folder).")
  private @Nullable String store;

  @Spec private CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() {
    RunPage page = RunFolder.read(run);
    String place = store == null ? run.toAbsolutePath().resolveSibling(".store").toString() : store;
    try (ObjectStore artifacts = Stores.open(place);
        TemporaryFolder scratch = TemporaryFolder.make(scratch())) {
      List<StoredRun.Step> steps =
          page.result().steps().stream()
              .map(step -> new StoredRun.Step(step.name(), step.kind(), new StepKey(step.key())))
              .toList();
      write(page, new StoredRun(artifacts, scratch.path(), steps));
    }
    command.commandLine().getOut().println(out.toAbsolutePath());
    return 0;
  }

  private Path scratch() {
    return out.toAbsolutePath().resolveSibling(".export-" + ProcessHandle.current().pid());
  }

  private void write(RunPage page, StoredRun stored) {
    ModelCard.Provenance provenance =
        new ModelCard.Provenance(
            page.result().experiment(),
            page.parameters().getOrDefault("seed", ""),
            page.spec(),
            stored.dataDigests(),
            stored.keys(),
            stored.codeVersions(),
            page.program());
    TrainedModel model = stored.model();
    ModelCard card = model.card(provenance, page.result().metrics());
    new ModelFiles(model, card, new FeatureFiles(stored)).write(format, out);
  }
}

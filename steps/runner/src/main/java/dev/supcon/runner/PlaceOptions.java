package dev.supcon.runner;

import dev.supcon.runner.local.ExperimentFile;
import dev.supcon.runner.local.Resolution;
import dev.supcon.services.store.ObjectStore;
import dev.supcon.services.store.Stores;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where an experiment's data, results and pages lie, and what of its file is changed. */
final class PlaceOptions {
  @Option(
      names = "--runs",
      paramLabel = "DIR",
      defaultValue = "runs",
      description = "Folder of results and pages (default: ${DEFAULT-VALUE}).")
  private Path runs = Path.of("runs");

  @Option(
      names = "--store",
      paramLabel = "DIR|s3://BUCKET/PREFIX",
      description = "Where artifacts are kept (default: .store in the folder of --runs).")
  private @Nullable String store;

  @Option(
      names = "--data",
      paramLabel = "NAME=PATH",
      description = "Where a data set lies: a folder or a tar.")
  private Map<String, Path> data = new LinkedHashMap<>();

  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      description = "Changes a field, such as spec.pretrain.epochs=4.")
  private List<String> changes = new ArrayList<>();

  Path runs() {
    return runs;
  }

  ObjectStore openStore() {
    return Stores.open(store == null ? runs.resolve(".store").toString() : store);
  }

  ExperimentFile read(Path file) {
    return ExperimentFile.read(file, changes);
  }

  Resolution resolve(ExperimentFile file) {
    return Resolution.of(file, data, System.getenv(), runs.resolve(".digests"));
  }
}

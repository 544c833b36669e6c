package dev.supcon.runner.workspace;

import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import dev.supcon.contract.step.StepHeader;
import dev.supcon.contract.step.StepKey;
import dev.supcon.services.store.Lookup;
import dev.supcon.services.store.ObjectStore;
import dev.supcon.services.store.StepResult;
import dev.supcon.services.store.StepStore;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The results that a step reads; remembers which ones they were, for the manifest to name. */
final class Inputs {
  private final ObjectStore store;
  private final StepHeader header;
  private final Path scratch;
  private final Patience patience;
  private final Map<StepKey, String> digests = new HashMap<>();

  /**
   * @param scratch folder for what has to be downloaded
   */
  Inputs(ObjectStore store, StepHeader header, Path scratch, Patience patience) {
    this.store = store;
    this.header = header;
    this.scratch = scratch;
    this.patience = patience;
  }

  /**
   * Folder with the result of the step that has this role, every byte compared with its hash.
   *
   * @throws StepFailure NO_INPUT when that step is not done, STORE_UNREACHABLE when its result
   *     turned out to be damaged
   */
  Path folder(String role) {
    StepKey key = header.inputs().get(role);
    if (key == null) {
      throw new IllegalArgumentException("step " + header.name() + " has no input " + role);
    }
    return switch (patience.with(new StepStore(store, key)::lookup)) {
      case Lookup.Hit hit -> {
        digests.put(key, hit.digest());
        yield new StepResult(store, hit.manifest()).files(scratch.resolve(key.hex()));
      }
      case Lookup.Miss miss ->
          throw new StepFailure(
              ExitCode.NO_INPUT,
              "Input %s of step %s is not there (%s %s); run the whole experiment."
                  .formatted(role, header.name(), miss.reason().word(), miss.detail()));
    };
  }

  /** SHA-256 of the manifests of all inputs read so far, by step. */
  Map<StepKey, String> digests() {
    return Map.copyOf(digests);
  }
}

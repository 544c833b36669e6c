package dev.supcon.services.store;

import dev.supcon.contract.step.StepKey;
import dev.supcon.contract.step.StepReport;
import java.util.List;
import java.util.Map;

/**
 * What a manifest says besides the files.
 *
 * @param inputs SHA-256 of the manifests of the input steps, as they were when they were read
 * @param metrics parts of the curves, already in the store
 */
public record Outcome(StepReport report, Map<StepKey, String> inputs, List<Blob> metrics) {
  public Outcome {
    inputs = Map.copyOf(inputs);
    metrics = List.copyOf(metrics);
  }
}

package dev.supcon.services.store;

import dev.supcon.contract.step.StepKey;
import dev.supcon.contract.step.StepReport;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A step's result; it exists if and only if the step is done.
 *
 * @param format of this record, {@value #FORMAT}
 * @param blobs files of the result, below the attempt's result folder
 * @param metrics parts of the curves, by name below the step's folder
 * @param inputs SHA-256 of the input steps' manifests that this result was made from, by step key
 */
public record Manifest(
    int format,
    StepKey key,
    String attempt,
    StepReport report,
    List<Blob> blobs,
    List<Blob> metrics,
    Map<String, String> inputs) {

  static final int FORMAT = 1;
  static final int MAX_BYTES = 1 << 20;
  static final int MAX_BLOBS = 1000;

  /**
   * @throws IllegalArgumentException when the fields contradict what a manifest may be
   */
  public Manifest {
    if (format != FORMAT) {
      throw new IllegalArgumentException("format " + format + " is not known");
    }
    StepLayout.checkedAttempt(attempt);
    blobs = checked(blobs);
    metrics = checked(metrics);
    inputs = Map.copyOf(inputs);
    inputs.keySet().forEach(StepKey::new);
  }

  static List<Blob> checked(List<Blob> blobs) {
    if (blobs.size() > MAX_BLOBS) {
      throw new IllegalArgumentException("more than " + MAX_BLOBS + " blobs");
    }
    Set<String> names = new HashSet<>();
    for (Blob blob : blobs) {
      if (!names.add(blob.name())) {
        throw new IllegalArgumentException("blob named twice: " + blob.name());
      }
    }
    return List.copyOf(blobs);
  }
}

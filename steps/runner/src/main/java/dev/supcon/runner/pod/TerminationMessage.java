package dev.supcon.runner.pod;

import dev.supcon.contract.step.ContractJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * The last words of a step's container, which Kubernetes keeps in the pod's status.
 *
 * @param metrics the result's headline numbers; none where there is no result
 */
public record TerminationMessage(int exitCode, String message, Map<String, Double> metrics) {
  private static final int MAX_BYTES = 4096; // Kubernetes cuts off the rest, and JSON would break

  /** JSON that fits: first metrics are left out, the last by name first, then words. */
  String json() {
    TreeMap<String, Double> told = new TreeMap<>(metrics);
    String said = message;
    String json = ContractJson.write(new TerminationMessage(exitCode, said, told));
    while (json.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      if (told.pollLastEntry() == null) {
        said = said.substring(0, said.length() * 3 / 4) + "…";
      }
      json = ContractJson.write(new TerminationMessage(exitCode, said, told));
    }
    return json;
  }

  /** Writes it; a place that cannot be written changes nothing about the step. */
  public void write(Path file, PodLog log) {
    try {
      Files.writeString(file, json());
    } catch (IOException e) {
      log.error("The termination message cannot be written: " + e);
    }
  }
}

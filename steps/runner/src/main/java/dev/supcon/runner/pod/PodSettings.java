package dev.supcon.runner.pod;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.supcon.contract.step.ContractJson;
import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import dev.supcon.contract.step.StepOrder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where a pod keeps what concerns its step, as its environment says.
 *
 * @param order file with the JSON of a {@link StepOrder}
 * @param attempt the pod's UID
 * @param store {@code s3://bucket/prefix}, or a folder
 * @param mlflow URL of the tracking server; empty for no tracking
 * @param scratch folder that may be written
 * @param secrets as the pod mounts them
 */
public record PodSettings(
    Path order,
    String attempt,
    String store,
    Optional<String> mlflow,
    Path scratch,
    PodSecrets secrets) {

  /**
   * @throws StepFailure {@code USAGE} naming the variable that is missing
   */
  public static PodSettings of(Map<String, String> environment) {
    return new PodSettings(
        Path.of(needed(environment, "SUPCON_ORDER")),
        needed(environment, "SUPCON_ATTEMPT"),
        needed(environment, "SUPCON_STORE"),
        Optional.ofNullable(environment.get("SUPCON_MLFLOW")).filter(url -> !url.isBlank()),
        Path.of(needed(environment, "SUPCON_SCRATCH")),
        new PodSecrets(
            Path.of(environment.getOrDefault("SUPCON_SECRETS", "/etc/supcon")), environment));
  }

  private static String needed(Map<String, String> environment, String name) {
    String value = environment.getOrDefault(name, "");
    if (value.isBlank()) {
      throw new StepFailure(
          ExitCode.USAGE, "The variable " + name + " is not set; a pod of the operator has it.");
    }
    return value;
  }

  /**
   * What is to be done.
   *
   * @throws StepFailure {@code USAGE} when that cannot be read
   */
  public StepOrder readOrder() {
    try {
      return whole(ContractJson.read(Files.readString(order), StepOrder.class));
    } catch (JsonProcessingException e) {
      throw broken("it is no order: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw broken("it cannot be read: " + e, e);
    }
  }

  /** JSON that lacks a field makes a record that lacks it, whatever the record promises. */
  private StepOrder whole(StepOrder read) {
    JsonNode tree = ContractJson.MAPPER.valueToTree(read);
    for (String needed : List.of("/request/header/key", "/request/header/name", "/run/tags")) {
      if (tree.at(needed).isMissingNode()) {
        throw new StepFailure(
            ExitCode.USAGE,
            "The order in %s is broken: it lacks %s; only the operator writes orders."
                .formatted(order, needed));
      }
    }
    return read;
  }

  private StepFailure broken(String why, Exception cause) {
    return new StepFailure(
        ExitCode.USAGE,
        "The order in %s is broken: %s; only the operator writes orders."
            .formatted(order, why.lines().findFirst().orElse("")),
        cause);
  }
}

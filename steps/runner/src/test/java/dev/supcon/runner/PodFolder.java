package dev.supcon.runner;

import com.fasterxml.jackson.databind.JsonNode;
import dev.supcon.contract.step.ContractJson;
import dev.supcon.contract.step.RunContext;
import dev.supcon.contract.step.StepOrder;
import dev.supcon.contract.step.StepRequest;
import dev.supcon.loopback.LoopbackS3;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a pod of one step is, as the operator makes it, in a folder.
 *
 * @param variables of the container; a test may change them
 */
record PodFolder(Path root, Map<String, String> variables) {

  /** A pod whose step has its store at a place of a server. */
  static PodFolder make(Path root, LoopbackS3 server, String store, StepRequest request)
      throws IOException {
    Map<String, String> variables = new HashMap<>();
    variables.put("SUPCON_ORDER", root.resolve("order.json").toString());
    variables.put("SUPCON_ATTEMPT", root.getFileName().toString());
    variables.put("SUPCON_STORE", store);
    variables.put(
        "SUPCON_S3_ENDPOINT", server.environment().getOrDefault("SUPCON_S3_ENDPOINT", ""));
    variables.put("SUPCON_SCRATCH", Files.createDirectories(root.resolve("scratch")).toString());
    variables.put("SUPCON_SECRETS", root.resolve("secrets").toString());
    variables.put("SUPCON_TERMINATION_LOG", root.resolve("termination-log").toString());
    PodFolder pod = new PodFolder(root, variables);
    RunContext run = new RunContext("team/tiny", Map.of("supcon.uid", "uid-of-the-experiment"));
    pod.write("order.json", ContractJson.write(new StepOrder(request, run)));
    pod.write("secrets/s3/access-key", "supcon");
    pod.write("secrets/s3/secret-key", "supcon-secret");
    return pod;
  }

  void write(String file, String content) throws IOException {
    Files.createDirectories(root.resolve(file).getParent());
    Files.writeString(root.resolve(file), content);
  }

  ChildRun start() throws IOException {
    ProcessBuilder builder = new ProcessBuilder(ChildRun.command(StepMain.class, root));
    builder.environment().keySet().removeIf(name -> name.matches("(SUPCON|AWS|MLFLOW)_.*"));
    builder.environment().putAll(variables);
    return ChildRun.start(builder, root);
  }

  /** What Kubernetes would show of the container that ended. */
  JsonNode lastWords() throws IOException {
    return ContractJson.MAPPER.readTree(Files.readString(root.resolve("termination-log")));
  }

  /** What was logged, a line an object. */
  static List<JsonNode> lines(ChildRun run) throws IOException {
    List<JsonNode> lines = new java.util.ArrayList<>();
    for (String line : run.told().lines().toList()) {
      lines.add(ContractJson.MAPPER.readTree(line));
    }
    return lines;
  }
}

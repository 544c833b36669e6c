package dev.supcon.operator.reconcile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.supcon.contract.step.ContractJson;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a life leaves behind, times aside.
 *
 * @param statuses by the experiment's name
 * @param jobs that are there, with how each ended
 * @param creates how often the API server created each object
 * @param steps that pods ran, by name
 */
record Outcome(
    Map<String, JsonNode> statuses,
    Map<String, String> jobs,
    Map<String, Integer> creates,
    Map<String, Integer> steps) {

  /** Times, what is counted in seconds, and what names the namespace or a pod's UID. */
  private static final Set<String> APART =
      Set.of(
          "at",
          "artifact",
          "startedAt",
          "finishedAt",
          "lastTransitionTime",
          "usage",
          "gpuSeconds",
          "gpuHours",
          "links");

  static Outcome of(Play play, Stage stage, List<LossyApiServer.Write> writes) {
    Map<String, JsonNode> statuses = new TreeMap<>();
    for (String name : play.experiments()) {
      JsonNode status = ContractJson.MAPPER.valueToTree(stage.experiment(name).get().getStatus());
      strip(status);
      statuses.put(name, status);
    }
    Map<String, String> jobs = new TreeMap<>();
    stage
        .jobs()
        .forEach(
            job ->
                jobs.put(
                    job.getMetadata().getName(),
                    job.getStatus().getConditions().stream()
                        .filter(condition -> condition.getStatus().equals("True"))
                        .map(condition -> condition.getType())
                        .sorted()
                        .toList()
                        .toString()));
    Map<String, Integer> creates = new TreeMap<>();
    writes.stream()
        .filter(LossyApiServer.Write::creates)
        .forEach(write -> creates.merge(write.object(), 1, Integer::sum));
    Map<String, Integer> steps = new TreeMap<>();
    stage.kubelet().acted().forEach(step -> steps.merge(step, 1, Integer::sum));
    return new Outcome(statuses, jobs, creates, steps);
  }

  private static void strip(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object.remove(APART);
    }
    node.forEach(Outcome::strip);
  }
}

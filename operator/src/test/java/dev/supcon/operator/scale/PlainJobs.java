package dev.supcon.operator.scale;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.supcon.operator.api.Labels;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The floor: as many Jobs with the same pods, which the stub plays as well, without an operator.
 * Each is made as soon as the client can, none waits for another.
 */
final class PlainJobs {
  private static final int AT_ONCE = 16; // as many as the operator has threads
  private static final ObjectMapper JSON = new ObjectMapper();

  private final KubernetesClient client;
  private final String namespace;
  private final String template;
  private final String key;

  /**
   * @param like a Job that the operator made
   */
  PlainJobs(KubernetesClient client, String namespace, String like) {
    this.client = client;
    this.namespace = namespace;
    try {
      JsonNode job = JSON.readTree(like);
      this.key = job.at("/metadata/labels").get(Labels.KEY).asText();
      this.template = stripped(job).toString().replace(Labels.KEY, "supcon.test/key");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ObjectNode stripped(JsonNode job) {
    ObjectNode plain = JSON.createObjectNode();
    plain.put("apiVersion", "batch/v1").put("kind", "Job");
    plain.putObject("metadata").put("name", "NAME").set("labels", job.at("/metadata/labels"));
    ObjectNode spec = job.get("spec").deepCopy();
    spec.remove("selector");
    ObjectNode labels = (ObjectNode) spec.at("/template/metadata/labels");
    for (String made : new String[] {"controller-uid", "job-name"}) {
      labels.remove(made);
      labels.remove("batch.kubernetes.io/" + made);
    }
    plain.set("spec", spec);
    return plain;
  }

  void create(int count) {
    try (ExecutorService hands = Executors.newFixedThreadPool(AT_ONCE)) {
      for (int i = 0; i < count; i++) {
        Map<?, ?> job = job(i);
        hands.execute(
            () -> client.raw("/apis/batch/v1/namespaces/" + namespace + "/jobs", "POST", job));
      }
    }
  }

  private Map<?, ?> job(int number) {
    String other = (HexFormat.of().toHexDigits(number + 1L) + "f".repeat(48)).substring(1);
    try {
      return JSON.readValue(
          template.replace("NAME", "plain-" + number).replace(key, other), Map.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package dev.supcon.operator.observe;

import static dev.supcon.operator.observe.SomeJob.START;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.supcon.contract.plan.Plan;
import dev.supcon.contract.step.ContractJson;
import dev.supcon.operator.SomePlan;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Jobs and pods can be written by others: whatever stands in them, the observer goes on. */
final class HostileObjectsTest {
  private static final int OBJECTS = 5000;
  private static final List<String> NONSENSE =
      List.of(
          "", "x", "-1", "99999999999999999999", "2026-13-45T99:99:99Z", "\u0000\u20ac", "null");

  @Test
  void theObserverReadsWhateverIsThere() throws JsonProcessingException {
    Plan plan = SomePlan.threeSteps();
    Random random = new Random(4);
    for (int i = 0; i < OBJECTS; i++) {
      SomeJob some = some(plan, random);
      Job job = broken(some.job(), Job.class, random);
      Pod pod = broken(some.pod(), Pod.class, random);

      Observation seen =
          Observer.observe(
              plan,
              new ClusterView(List.of(job), List.of(pod)),
              new StoreView(Map.of(), Map.of()),
              START.plusSeconds(random.nextInt(500)));

      assertThat(seen.steps()).hasSize(plan.steps().size());
    }
  }

  private static SomeJob some(Plan plan, Random random) {
    SomeJob job = SomeJob.of(plan.step("pretrain"), 1 + random.nextInt(3));
    return switch (random.nextInt(8)) {
      case 0 -> job.unscheduled("Unschedulable", "no node");
      case 1 -> job.running(5);
      case 2 -> job.complete(9);
      case 3 -> job.exited(75, 9, "").failedByRule(1, 75, 9);
      case 4 -> job.exited(78, 9, "{\"message\": \"m\"}").failedByRule(2, 78, 9);
      case 5 -> job.exited(1, 9, "log").failed(9);
      case 6 -> job.running(5).deletedPod(20);
      default -> job.queued();
    };
  }

  private static <T> T broken(Object whole, Class<T> type, Random random)
      throws JsonProcessingException {
    JsonNode tree = ContractJson.MAPPER.valueToTree(whole);
    for (int i = random.nextInt(4); i > 0; i--) {
      breakOne(tree, random);
    }
    return ContractJson.MAPPER.treeToValue(tree, type);
  }

  /** Takes a value away, or writes nonsense over a text. */
  private static void breakOne(JsonNode tree, Random random) {
    List<ObjectNode> objects = new ArrayList<>();
    collect(tree.get("metadata"), objects);
    collect(tree.path("status"), objects);
    ObjectNode object = objects.get(random.nextInt(objects.size()));
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    if (names.isEmpty()) {
      return;
    }
    String name = names.get(random.nextInt(names.size()));
    if (object.get(name).isTextual() && random.nextBoolean()) {
      object.put(name, NONSENSE.get(random.nextInt(NONSENSE.size())));
    } else {
      object.remove(name);
    }
  }

  private static void collect(JsonNode node, List<ObjectNode> objects) {
    if (node instanceof ObjectNode object) {
      objects.add(object);
      object.forEach(child -> collect(child, objects));
    } else if (node instanceof ArrayNode list) {
      list.forEach(child -> collect(child, objects));
    }
  }
}

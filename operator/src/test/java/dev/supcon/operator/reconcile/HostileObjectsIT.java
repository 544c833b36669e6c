package dev.supcon.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.supcon.contract.plan.Plan;
import dev.supcon.contract.plan.PlannedStep;
import dev.supcon.contract.plan.Planner;
import dev.supcon.contract.plan.ResolvedExperiment;
import dev.supcon.contract.spec.DataFormat;
import dev.supcon.contract.step.EmbeddedData;
import dev.supcon.contract.step.ImageDecoding;
import dev.supcon.loopback.LoopbackS3;
import dev.supcon.operator.SomePlan;
import dev.supcon.operator.api.ExperimentStatus;
import dev.supcon.operator.api.Labels;
import dev.supcon.operator.api.SupConExperiment;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random and hostile experiments, half of them stored behind the API server's back: the operator
 * lives, who is refused is told the field, and an honest experiment elsewhere goes its way.
 */
@Tag("campaign")
final class HostileObjectsIT {
  private static final int OBJECTS = Integer.getInteger("supcon.hostile.objects", 10_000);
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final int LABEL = 63;
  private static final int NAME = 253;

  private final LoopbackS3 s3 = new LoopbackS3();
  private final KubernetesClient client = StartedOperator.client();
  private final LogWatch log = new LogWatch();
  private final String id = UUID.randomUUID().toString().substring(0, 8);
  private final String hostile = "hostile-" + id;
  private final String unwatched = "unwatched-" + id;
  @TempDir private Path folder = Path.of("");

  /** What the API server said: how many it refused, and whom it did not tell the field. */
  private record Refusals(int number, List<String> unclear) {}

  /**
   * @param judged how many have a status
   * @param refused of them
   * @param unclear those of them who are not told the field
   */
  private record Verdicts(int stored, int judged, int refused, List<String> unclear) {}

  @BeforeEach
  void open() throws IOException {
    Stage.applyCrd(client);
    for (String name : List.of(hostile, unwatched)) {
      client
          .resource(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build())
          .create();
    }
    client.resources(SupConExperiment.class).list(); // warns once of the alpha version
    log.hear("operator");
  }

  @AfterEach
  void close() {
    log.close();
    client.namespaces().withName(hostile).delete();
    client.namespaces().withName(unwatched).delete();
    client.close();
    s3.close();
  }

  @Test
  void theOperatorOutlivesThemAndTheCanarySings() throws Exception {
    try (Stage stage = Stage.open(client, s3, folder, "canary-" + id).patient(PATIENCE);
        StartedOperator operator =
            StartedOperator.on(folder, StartedOperator.client(), hostile, stage.namespace())) {
      sing(stage, 1);
      Duration alone = sing(stage, 2);
      Future<Refusals> elsewhere = flood(unwatched);
      Duration beside = sing(stage, 3);
      elsewhere.get();
      Future<Refusals> flood = flood(hostile);
      Duration amid = sing(stage, 4);
      Refusals refusals = flood.get();
      Verdicts verdicts = judged();
      Duration after = sing(stage, 5);

      System.out.printf(
          "%d objects, %d refused by the API server, %d by the operator; canary %s alone, %s beside"
              + " as many that are none of the operator's, %s amid, %s after%n",
          OBJECTS, refusals.number(), verdicts.refused(), alone, beside, amid, after);
      assertThat(refusals.unclear()).isEmpty();
      assertThat(verdicts.unclear()).isEmpty();
      assertThat(verdicts.refused()).isGreaterThan(OBJECTS / 4);
      assertThat(amid).isLessThan(beside.multipliedBy(2).plusSeconds(2));
      assertThat(log.said("operator")).isEmpty();
    }
  }

  @Test
  void whatOthersMadeInOurNameIsNobodys() throws IOException {
    try (Stage stage = Stage.open(client, s3, folder, "canary-" + id);
        StartedOperator operator =
            StartedOperator.on(folder, StartedOperator.client(), stage.namespace())) {
      for (PlannedStep step : plan("canary-9", "{seed: 9}").steps()) {
        String key = step.key().hex();
        squat(stage, Labels.job(step.kind().word(), key, 1), step, "1");
        squat(stage, "odd-" + step.name(), step, "999999999999");
        squat(stage, "none-" + step.name(), step, "");
      }
      sing(stage, 9);

      assertThat(stage.jobs())
          .filteredOn(job -> !job.getMetadata().getOwnerReferences().isEmpty())
          .allMatch(job -> job.getMetadata().getName().endsWith("-2"))
          .hasSize(3);
      assertThat(stage.jobs()).hasSize(12);
      assertThat(log.said("operator")).isEmpty();
    }
  }

  private static Plan plan(String name, String yaml) {
    return Planner.plan(
        new ResolvedExperiment(
            name,
            SomePlan.checked(yaml),
            Map.of("shapes", EmbeddedData.digest(DataFormat.SHAPES)),
            ImageDecoding.NAME));
  }

  /** A Job with our labels, and a pod too. */
  private void squat(Stage stage, String name, PlannedStep step, String attempt) {
    Map<String, String> labels =
        Map.of(
            Labels.KEY,
            Labels.key(step.key().hex()),
            Labels.STEP,
            step.name(),
            Labels.ATTEMPT,
            attempt,
            Labels.EXPERIMENT,
            "canary-9");
    PodSpec pod =
        new PodSpecBuilder()
            .withRestartPolicy("Never")
            .addNewContainer()
            .withName("step")
            .withImage("example.org/other")
            .endContainer()
            .build();
    client
        .resource(
            new JobBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(stage.namespace())
                .withLabels(labels)
                .endMetadata()
                .withNewSpec()
                .withSuspend(true)
                .withNewTemplate()
                .withSpec(pod)
                .endTemplate()
                .endSpec()
                .build())
        .create();
    client
        .resource(
            new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(stage.namespace())
                .withLabels(labels)
                .endMetadata()
                .withSpec(pod)
                .build())
        .create();
  }

  /** How long a whole honest life takes. */
  private static Duration sing(Stage stage, int seed) {
    Instant began = Instant.now();
    stage.apply("canary-" + seed, "{\"seed\":" + seed + "}");
    ExperimentStatus status = stage.untilFinished("canary-" + seed);
    assertThat(status.result()).isEqualTo(ExperimentStatus.Result.SUCCEEDED);
    return Duration.between(began, Instant.now());
  }

  private Future<Refusals> flood(String namespace) throws IOException {
    JsonNode schema =
        new YAMLMapper().readTree(Stage.CRD.toFile()).at("/spec/versions/0/schema/openAPIV3Schema");
    ExecutorService threads = Executors.newFixedThreadPool(9);
    Future<?> behind = threads.submit(() -> store(schema, namespace));
    List<Future<Optional<String>>> answers =
        IntStream.range(0, OBJECTS / 2)
            .mapToObj(number -> experiment(schema, namespace, number, LABEL + 1))
            .map(experiment -> threads.submit(() -> create(namespace, experiment)))
            .toList();
    return threads.submit(
        () -> {
          behind.get();
          List<String> refused = new ArrayList<>();
          for (Future<Optional<String>> answer : answers) {
            answer.get().ifPresent(refused::add);
          }
          threads.shutdown();
          return new Refusals(
              refused.size(),
              refused.stream()
                  .filter(said -> !said.matches("(?s).*(spec|metadata\\.name).*"))
                  .toList());
        });
  }

  /** What no API server would take, statuses that nobody wrote among it. */
  private static void store(JsonNode schema, String namespace) {
    try (EtcdDoor etcd = new EtcdDoor()) {
      for (int number = OBJECTS / 2; number < OBJECTS; number++) {
        Random random = new Random(number);
        ObjectNode experiment = experiment(schema, namespace, number, NAME);
        ((ObjectNode) experiment.path("metadata"))
            .put("uid", UUID.randomUUID().toString())
            .put("generation", 1)
            .put("creationTimestamp", "2026-01-01T00:00:00Z");
        if (random.nextBoolean()) {
          experiment.set(
              "status", new HostileSpecs(random).next(schema.at("/properties/status"), 0.2));
        }
        etcd.store(experiment);
      }
    }
  }

  private static ObjectNode experiment(JsonNode schema, String namespace, int number, int longest) {
    HostileSpecs specs = new HostileSpecs(new Random(number));
    ObjectNode experiment =
        JsonNodeFactory.instance
            .objectNode()
            .put("apiVersion", "supcon.dev/v1alpha1")
            .put("kind", "SupConExperiment");
    experiment
        .putObject("metadata")
        .put("name", specs.name(number, longest))
        .put("namespace", namespace)
        .set("annotations", specs.annotations());
    experiment.set("spec", specs.next(schema.at("/properties/spec"), 0.2));
    return experiment;
  }

  private static String path(String namespace) {
    return "/apis/supcon.dev/v1alpha1/namespaces/%s/supconexperiments".formatted(namespace);
  }

  /** What the API server has against it. */
  private Optional<String> create(String namespace, JsonNode experiment) {
    try {
      client.raw(path(namespace), "POST", HostileSpecs.json(experiment));
      return Optional.empty();
    } catch (KubernetesClientException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private Verdicts judged() throws Exception {
    Verdicts now = verdicts();
    Instant end = Instant.now().plus(PATIENCE);
    while (now.judged() < now.stored()) {
      assertThat(Instant.now()).as("%d of %d are judged", now.judged(), now.stored()).isBefore(end);
      Stage.pause(2000);
      now = verdicts();
    }
    return now;
  }

  private Verdicts verdicts() throws IOException {
    Map<String, String> events = refusals();
    JsonNode list = HostileSpecs.DEEP.readTree(client.raw(path(hostile) + "?resourceVersion=0"));
    int judged = 0;
    int refused = 0;
    List<String> unclear = new ArrayList<>();
    for (JsonNode item : list.path("items")) {
      Optional<String> refusal = refusal(item, events);
      boolean accepted = condition(item, "Finished").isPresent(); // no random word
      judged += refusal.isPresent() || accepted ? 1 : 0;
      refused += refusal.isPresent() ? 1 : 0;
      refusal
          .filter(said -> !said.startsWith("spec"))
          .ifPresent(said -> unclear.add(item.at("/metadata/name").asText() + ": " + said));
    }
    return new Verdicts(list.path("items").size(), judged, refused, unclear);
  }

  /** By its status, or by an event where the API server lets nobody write one. */
  private static Optional<String> refusal(JsonNode item, Map<String, String> events) {
    return condition(item, "Complete")
        .filter(complete -> complete.path("reason").asText().equals("InvalidSpec"))
        .map(complete -> complete.path("message").asText())
        .or(() -> Optional.ofNullable(events.get(item.at("/metadata/uid").asText())));
  }

  private static Optional<JsonNode> condition(JsonNode item, String type) {
    for (JsonNode condition : item.at("/status/conditions")) {
      if (condition.path("type").asText().equals(type)) {
        return Optional.of(condition);
      }
    }
    return Optional.empty();
  }

  /** What events say, by the UID of the experiment. */
  private Map<String, String> refusals() throws IOException {
    String events =
        "/apis/events.k8s.io/v1/namespaces/%s/events?resourceVersion=0".formatted(hostile);
    Map<String, String> said = new HashMap<>();
    for (JsonNode event : HostileSpecs.DEEP.readTree(client.raw(events)).path("items")) {
      if (event.path("reason").asText().equals("SpecRejected")) {
        said.put(event.at("/regarding/uid").asText(), event.path("note").asText());
      }
    }
    return said;
  }
}

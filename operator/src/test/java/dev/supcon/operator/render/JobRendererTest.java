package dev.supcon.operator.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.supcon.contract.plan.Plan;
import dev.supcon.contract.plan.PlannedStep;
import dev.supcon.contract.step.ContractJson;
import dev.supcon.contract.step.StepOrder;
import dev.supcon.operator.SomePlan;
import dev.supcon.operator.api.Labels;
import dev.supcon.operator.api.SupConExperiment;
import dev.supcon.operator.config.Configuration;
import dev.supcon.operator.config.ConfigurationFile;
import dev.supcon.operator.config.Tenant;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JobRendererTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden/jobs");
  private static final String CPU = "registry/runner@sha256:" + "1".repeat(64);
  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
          .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
          .build();

  private static final String CONFIGURATION =
      """
      namespaces:
        bare: {store: s3://bucket/bare}
        full:
          store: s3://bucket/full
          s3Endpoint: http://minio.storage:9000
          mlflow: https://mlflow.example
          runtimes: [default, gpu]
      runtimes:
        default: {image: "%1$s", resources: {cpu: 2, memory: 4Gi}}
        gpu:
          image: "%1$s"
          imagePullPolicy: IfNotPresent
          pullSecret: registry
          gpu: {resource: nvidia.com/gpu, count: 2}
          resources: {cpu: 8, memory: 32Gi, ephemeral-storage: 50Gi}
          threads: 8
          nodeSelector: {nvidia.com/gpu.product: A100}
          tolerations: [{key: nvidia.com/gpu, operator: Exists, effect: NoSchedule}]
          priorityClass: batch
          runtimeClass: nvidia
          scratch: {size: 200Gi, storageClass: fast}
          shm: 8Gi
          resourceClaims: [{name: link, resourceClaimTemplateName: one-link}]
          graceSeconds: 300
      """
          .formatted(CPU);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          bare | default | augment  | 1 | {}
          full | gpu     | pretrain | 3 | {execution: {queue: team-queue}}
          full | default | linear   | 1 | {}
          """)
  void theJobIsTheGoldenOne(String namespace, String runtime, String step, int number, String spec)
      throws IOException {
    Path golden = GOLDEN.resolve(namespace + "-" + runtime + "-" + step + ".yaml");
    String rendered = YAML.writeValueAsString(job(namespace, runtime, step, number, spec));
    if (Boolean.getBoolean("supcon.regenerate")) {
      Files.createDirectories(GOLDEN);
      Files.writeString(golden, rendered);
    }

    assertThat(rendered)
        .as("a Job changed: ./mvnw -pl operator -am test -Dsupcon.regenerate=true")
        .isEqualTo(Files.readString(golden));
  }

  @Test
  void theSameOrderGivesTheSameJob() {
    assertThat(job("full", "gpu", "pretrain", 3, "{}"))
        .isEqualTo(job("full", "gpu", "pretrain", 3, "{}"));
  }

  @Test
  void theAnnotationIsTheOrderThatTheStepReads() throws JsonProcessingException {
    Job job = job("full", "gpu", "pretrain", 1, "{}");
    String text =
        Objects.requireNonNull(
            job.getSpec().getTemplate().getMetadata().getAnnotations().get("supcon.dev/order"));

    StepOrder order = ContractJson.read(text, StepOrder.class);

    assertThat(order.request()).isEqualTo(SomePlan.pretrain().request());
    assertThat(order.run().experiment()).isEqualTo("full/shapes");
    assertThat(order.run().tags())
        .containsEntry("supcon.uid", "experiment-uid")
        .containsEntry("supcon.plan", "plan-hash");
  }

  @Test
  void onlyTheJobHasTheQueue() {
    Job job = job("full", "gpu", "pretrain", 1, "{execution: {queue: team-queue}}");

    assertThat(job.getMetadata().getLabels()).containsEntry(Labels.QUEUE, "team-queue");
    assertThat(job.getSpec().getSuspend()).isTrue();
    assertThat(job.getSpec().getTemplate().getMetadata().getLabels())
        .doesNotContainKey(Labels.QUEUE);
  }

  @Test
  void aLongStepsNameIsCutInItsLabel() {
    String data = "d".repeat(54) + "-" + "e".repeat(8);
    String spec = "{transfer: [{data: {name: %s, format: shapesNovel}}]}".formatted(data);

    Job job = job("bare", "default", "transfer-" + data, 1, spec);

    assertThat(job.getMetadata().getLabels().get(Labels.STEP))
        .isEqualTo("transfer-" + "d".repeat(54));
    assertThat(job.getMetadata().getName().length()).isLessThanOrEqualTo(63);
  }

  @Test
  void theFailurePolicysRulesStandInTheOrderInWhichTheyAreRead() {
    JsonNode rules =
        tree(job("bare", "default", "augment", 1, "{}")).at("/spec/podFailurePolicy/rules");

    assertThat(rules.at("/0/onPodConditions/0/type").asText()).isEqualTo("DisruptionTarget");
    assertThat(rules.at("/1/onExitCodes/values")).extracting(JsonNode::asInt).contains(75, 143);
    assertThat(rules.at("/2/onExitCodes/values"))
        .extracting(JsonNode::asInt)
        .hasSize(14)
        .contains(64, 74, 76, 78)
        .doesNotContain(75);
    assertThat(rules).allMatch(rule -> rule.get("action").asText().equals("FailJob"));
  }

  @ParameterizedTest
  @CsvSource({"bare, default, augment", "full, gpu, pretrain", "full, default, linear"})
  void everyPodIsWithinPodSecuritysRestrictedProfile(
      String namespace, String runtime, String step) {
    JsonNode pod = pod(job(namespace, runtime, step, 1, "{}"));

    assertThat(RestrictedProfile.violations(pod)).isEmpty();
  }

  @Test
  void whatThePodMustNotHaveIsSeenByTheProfile() throws JsonProcessingException {
    List<String> bad =
        List.of(
            "{hostNetwork: true}",
            "{hostPID: true}",
            "{hostIPC: true}",
            "{securityContext: {runAsUser: 0}}",
            "{securityContext: {runAsNonRoot: false}}",
            "{securityContext: {seccompProfile: {type: Unconfined}}}",
            "{securityContext: {sysctls: [{name: kernel.msgmax, value: '1'}]}}",
            "{volumes: [{name: host, hostPath: {path: /}}]}",
            "{containers: [{securityContext: {privileged: true}}]}",
            "{containers: [{securityContext: {allowPrivilegeEscalation: true}}]}",
            "{containers: [{securityContext: {capabilities: {drop: []}}}]}",
            "{containers: [{securityContext: {capabilities: {drop: [ALL], add: [SYS_ADMIN]}}}]}",
            "{containers: [{securityContext: {procMount: Unmasked}}]}",
            "{containers: [{ports: [{hostPort: 80}]}]}",
            "{initContainers: [{name: other}]}",
            "{ephemeralContainers: [{name: other}]}");

    for (String change : bad) {
      JsonNode pod = pod(job("bare", "default", "augment", 1, "{}"));
      assertThat(RestrictedProfile.violations(Overlay.on(pod, YAML.readTree(change))))
          .as(change)
          .isNotEmpty();
    }
  }

  private static JsonNode tree(Job job) {
    return YAML.<JsonNode>valueToTree(job);
  }

  private static JsonNode pod(Job job) {
    return tree(job).at("/spec/template/spec");
  }

  private static Job job(String namespace, String runtime, String step, int number, String spec) {
    Plan plan = SomePlan.of(spec);
    PlannedStep planned = plan.step(step);
    Configuration configuration = configuration();
    Tenant tenant = configuration.tenant(namespace).orElseThrow();
    return JobRenderer.render(
        new JobOrder(
            experiment(namespace, spec),
            planned,
            number,
            tenant,
            configuration.runtime(tenant, runtime).orElseThrow(),
            CPU,
            "plan-hash"));
  }

  private static Configuration configuration() {
    return switch (ConfigurationFile.read(CONFIGURATION)) {
      case ConfigurationFile.Read.Accepted accepted -> accepted.configuration();
      case ConfigurationFile.Read.Refused refused -> throw new AssertionError(refused.violations());
    };
  }

  private static SupConExperiment experiment(String namespace, String spec) {
    SupConExperiment experiment = new SupConExperiment();
    experiment.setMetadata(
        new ObjectMetaBuilder()
            .withName(SomePlan.EXPERIMENT)
            .withNamespace(namespace)
            .withUid("experiment-uid")
            .build());
    experiment.setSpec(SomePlan.spec(spec));
    return experiment;
  }
}

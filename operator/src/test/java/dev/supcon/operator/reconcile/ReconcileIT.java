package dev.supcon.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.supcon.contract.spec.ExperimentSpec;
import dev.supcon.contract.step.ContractJson;
import dev.supcon.loopback.LoopbackS3;
import dev.supcon.operator.api.Condition;
import dev.supcon.operator.api.ExperimentStatus;
import dev.supcon.operator.api.StepStatus;
import dev.supcon.operator.api.SupConExperiment;
import dev.supcon.services.store.ObjectStore;
import dev.supcon.services.store.Stores;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real API server with its real Job and garbage controllers ({@code cluster up --control-plane}),
 * the real operator, an S3 server in this JVM; only kubelet and step are played.
 */
final class ReconcileIT {
  private final String namespace = "it-" + UUID.randomUUID().toString().substring(0, 8);
  private final LoopbackS3 s3 = new LoopbackS3();
  private final ObjectStore store = Stores.open("s3://bucket/" + namespace, s3.environment());
  @TempDir private Path folder = Path.of("");
  private StartedOperator operator = StartedOperator.NONE;
  private KubernetesClient client = StartedOperator.client();
  private PlayedKubelet kubelet = new PlayedKubelet(client, namespace, store, folder);

  @BeforeEach
  void open() throws IOException {
    kubelet.close();
    client.load(Files.newInputStream(crd())).serverSideApply();
    client
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build())
        .create();
    Files.createDirectories(folder.resolve("credentials/s3"));
    Files.writeString(folder.resolve("credentials/s3/access-key"), "supcon");
    Files.writeString(folder.resolve("credentials/s3/secret-key"), "supcon-secret");
    Files.writeString(
        folder.resolve("config.yaml"),
        """
        namespaces:
          %s:
            store: s3://bucket/%s
            s3Endpoint: %s
            maxActiveSteps: 3
        runtimes:
          default:
            image: example.org/runner@sha256:%s
            resources: {cpu: "1", memory: 1Gi}
        """
            .formatted(
                namespace, namespace, s3.environment().get("SUPCON_S3_ENDPOINT"), "ab".repeat(32)));
    kubelet = new PlayedKubelet(client, namespace, store, folder);
    operator = StartedOperator.on(folder, namespace);
  }

  private static Path crd() {
    return Path.of("../manifests/crds/supconexperiments.supcon.dev.yaml");
  }

  @AfterEach
  void close() {
    operator.close();
    kubelet.close();
    client.namespaces().withName(namespace).delete();
    client.close();
    store.close();
    s3.close();
  }

  private SupConExperiment apply(String name, String spec) {
    SupConExperiment experiment = new SupConExperiment();
    experiment.setMetadata(new ObjectMetaBuilder().withName(name).withNamespace(namespace).build());
    try {
      experiment.setSpec(ContractJson.read(spec, ExperimentSpec.class));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return client.resource(experiment).serverSideApply();
  }

  private ExperimentStatus until(String name, Predicate<ExperimentStatus> condition) {
    long end = System.nanoTime() + 60_000_000_000L;
    ExperimentStatus last = ExperimentStatus.UNSEEN;
    while (System.nanoTime() < end) {
      SupConExperiment there =
          client.resources(SupConExperiment.class).inNamespace(namespace).withName(name).get();
      last = Objects.requireNonNullElse(there.getStatus(), ExperimentStatus.UNSEEN);
      if (condition.test(last)) {
        return last;
      }
      pause();
    }
    throw new AssertionError("it did not come to be in a minute: " + ContractJson.write(last));
  }

  private static void pause() {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private ExperimentStatus untilFinished(String name) {
    return until(name, status -> holds(status, "Finished"));
  }

  private static boolean holds(ExperimentStatus status, String type) {
    return status.condition(type).filter(Condition::holds).isPresent();
  }

  private static Predicate<ExperimentStatus> step(String name, StepStatus.State state) {
    return status -> status.step(name).filter(row -> row.state() == state).isPresent();
  }

  private List<Job> jobs() {
    return client.batch().v1().jobs().inNamespace(namespace).list().getItems();
  }

  private List<String> events(String experiment) {
    return client.events().v1().events().inNamespace(namespace).list().getItems().stream()
        .filter(event -> event.getRegarding().getName().equals(experiment))
        .map(event -> event.getReason())
        .toList();
  }

  @Test
  void aWholeLife() {
    apply("life", "{}");
    ExperimentStatus status = untilFinished("life");

    assertThat(status.result()).isEqualTo(ExperimentStatus.Result.SUCCEEDED);
    assertThat(status.steps())
        .extracting(StepStatus::state)
        .containsOnly(StepStatus.State.SUCCEEDED);
    assertThat(kubelet.acted()).containsExactly("augment", "pretrain", "linear");
    assertThat(jobs()).hasSize(3);
    assertThat(status.metrics()).extracting(metric -> metric.name()).contains("pretrain.seen");
    until("life", written -> events("life").contains("Completed"));
    assertThat(events("life")).contains("Planned", "StepStarted", "StepSucceeded");
  }

  @Test
  void whatIsInTheStoreIsNotComputedAgain() {
    apply("first", "{}");
    untilFinished("first");
    apply("second", "{}");
    ExperimentStatus status = untilFinished("second");

    assertThat(status.steps()).extracting(StepStatus::state).containsOnly(StepStatus.State.CACHED);
    assertThat(jobs()).hasSize(3);
  }

  @Test
  void experimentsThatNeedTheSameShareItsJob() {
    kubelet.next("pretrain", PlayedKubelet.Act.RUN);
    apply("leads", "{}");
    until("leads", step("pretrain", StepStatus.State.RUNNING));
    apply("shares", "{\"linear\":{\"epochs\":3}}");
    ExperimentStatus shared = until("shares", step("pretrain", StepStatus.State.RUNNING));
    assertThat(shared.step("pretrain").orElseThrow().leader()).isEqualTo("leads");

    client.resources(SupConExperiment.class).inNamespace(namespace).withName("leads").delete();
    ExperimentStatus status = untilFinished("shares");
    assertThat(status.result()).isEqualTo(ExperimentStatus.Result.SUCCEEDED);
    assertThat(status.step("pretrain").orElseThrow().attempts().started()).isEqualTo(2);
  }

  @Test
  void aPodThatIsDeletedCostsNoTry() {
    kubelet.next("pretrain", PlayedKubelet.Act.RUN);
    apply("evicted", "{\"execution\":{\"retries\":0}}");
    until("evicted", step("pretrain", StepStatus.State.RUNNING));
    pod("pretrain").forEach(pod -> client.resource(pod).delete());
    ExperimentStatus status = untilFinished("evicted");

    assertThat(status.result()).isEqualTo(ExperimentStatus.Result.SUCCEEDED);
    assertThat(status.step("pretrain").orElseThrow().attempts().preemptions()).isEqualTo(1);
    assertThat(status.step("pretrain").orElseThrow().attempts().failures()).isZero();
  }

  private List<Pod> pod(String step) {
    return kubelet.pods().stream()
        .filter(pod -> step.equals(pod.getMetadata().getLabels().get("supcon.dev/step")))
        .toList();
  }

  @Test
  void suspendFreesTheNodeAndResumeGoesOn() {
    kubelet.next("pretrain", PlayedKubelet.Act.RUN);
    apply("paused", "{}");
    until("paused", step("pretrain", StepStatus.State.RUNNING));
    apply("paused", "{\"execution\":{\"suspend\":true}}");
    until("paused", status -> holds(status, "Suspended"));
    assertThat(pod("pretrain")).isEmpty();

    apply("paused", "{\"execution\":{\"suspend\":false}}");
    ExperimentStatus status = untilFinished("paused");
    assertThat(status.result()).isEqualTo(ExperimentStatus.Result.SUCCEEDED);
  }

  @Test
  void aRefusalIsNotTriedAgain() {
    kubelet.next("pretrain", PlayedKubelet.Act.REFUSE);
    apply("refused", "{}");
    ExperimentStatus status = untilFinished("refused");

    assertThat(status.result()).isEqualTo(ExperimentStatus.Result.FAILED);
    assertThat(status.step("pretrain").orElseThrow().reason()).isEqualTo("Refused");
    assertThat(kubelet.acted()).containsExactly("augment", "pretrain");
  }

  /** What {@code kubectl supcon rerun --failed} does. */
  @Test
  void changesThatCancelEachOtherOutTryAgainOnlyWhatFailed() {
    kubelet.next("pretrain", PlayedKubelet.Act.REFUSE);
    apply("tried", "{}");
    untilFinished("tried");
    apply("tried", "{\"execution\":{\"retries\":4}}");
    apply("tried", "{\"execution\":{\"retries\":3}}");
    ExperimentStatus status =
        until("tried", seen -> seen.result() == ExperimentStatus.Result.SUCCEEDED);

    assertThat(status.observedGeneration()).isEqualTo(3);
    assertThat(kubelet.acted()).containsExactly("augment", "pretrain", "pretrain", "linear");
  }

  @Test
  void successWithoutAResultIsAFault() {
    kubelet.next("augment", PlayedKubelet.Act.LIE);
    apply("lied", "{\"execution\":{\"retries\":0}}");
    ExperimentStatus status = untilFinished("lied");

    assertThat(status.step("augment").orElseThrow().message()).contains("NoManifest");
  }

  @Test
  void aDeletedJobIsMadeAgainUnderTheNextNumber() {
    kubelet.next("pretrain", PlayedKubelet.Act.RUN);
    apply("byhand", "{}");
    until("byhand", step("pretrain", StepStatus.State.RUNNING));
    client
        .batch()
        .v1()
        .jobs()
        .inNamespace(namespace)
        .withLabel("supcon.dev/step", "pretrain")
        .delete();

    assertThat(untilFinished("byhand").result()).isEqualTo(ExperimentStatus.Result.SUCCEEDED);
    assertThat(jobs())
        .extracting(job -> job.getMetadata().getName().replaceAll("-.*-", "-"))
        .contains("pretrain-2");
  }

  @Test
  void anOperatorThatStartsAgainGoesOn() {
    kubelet.next("pretrain", PlayedKubelet.Act.RUN);
    apply("again", "{}");
    until("again", step("pretrain", StepStatus.State.RUNNING));
    operator.close();
    operator = StartedOperator.on(folder, namespace);
    pod("pretrain").forEach(pod -> client.resource(pod).delete());

    assertThat(untilFinished("again").result()).isEqualTo(ExperimentStatus.Result.SUCCEEDED);
    assertThat(jobs()).hasSize(4);
  }

  @Test
  void aNamespaceWithoutAnEntryIsToldSo() {
    String other = namespace + "-x";
    client
        .resource(new NamespaceBuilder().withNewMetadata().withName(other).endMetadata().build())
        .create();
    operator.close();
    operator = StartedOperator.on(folder, other);
    SupConExperiment experiment = new SupConExperiment();
    experiment.setMetadata(new ObjectMetaBuilder().withName("none").withNamespace(other).build());
    experiment.setSpec(apply("ignored", "{}").getSpec());
    client.resource(experiment).create();
    SupConExperiment seen =
        client
            .resources(SupConExperiment.class)
            .inNamespace(other)
            .withName("none")
            .waitUntilCondition(
                there -> there.getStatus() != null && holds(there.getStatus(), "Stalled"),
                60,
                java.util.concurrent.TimeUnit.SECONDS);

    assertThat(Map.of("x", seen.getStatus()).toString()).contains("NotConfigured");
    client.namespaces().withName(other).delete();
  }
}

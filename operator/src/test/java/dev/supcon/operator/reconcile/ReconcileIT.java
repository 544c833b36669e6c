package dev.supcon.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.supcon.loopback.LoopbackS3;
import dev.supcon.operator.api.ExperimentStatus;
import dev.supcon.operator.api.StepStatus;
import dev.supcon.operator.api.SupConExperiment;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
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
  @TempDir private Path folder = Path.of("");
  private final KubernetesClient client = StartedOperator.client();
  private StartedOperator operator = StartedOperator.NONE;
  private Stage stage;

  @BeforeEach
  void open() throws IOException {
    Stage.applyCrd(client);
    stage = Stage.open(client, s3, folder, namespace);
    operator = StartedOperator.on(folder, namespace);
  }

  @AfterEach
  void close() {
    operator.close();
    stage.close();
    client.close();
    s3.close();
  }

  private List<String> events(String experiment) {
    return client.events().v1().events().inNamespace(namespace).list().getItems().stream()
        .filter(event -> event.getRegarding().getName().equals(experiment))
        .map(event -> event.getReason())
        .toList();
  }

  @Test
  void aWholeLife() {
    stage.apply("life", "{}");
    ExperimentStatus status = stage.untilFinished("life");

    assertThat(status.result()).isEqualTo(ExperimentStatus.Result.SUCCEEDED);
    assertThat(status.steps())
        .extracting(StepStatus::state)
        .containsOnly(StepStatus.State.SUCCEEDED);
    assertThat(stage.kubelet().acted()).containsExactly("augment", "pretrain", "linear");
    assertThat(stage.jobs()).hasSize(3);
    assertThat(status.metrics()).extracting(metric -> metric.name()).contains("pretrain.seen");
    stage.until("life", written -> events("life").contains("Completed"));
    assertThat(events("life")).contains("Planned", "StepStarted", "StepSucceeded");
  }

  @Test
  void whatIsInTheStoreIsNotComputedAgain() {
    stage.apply("first", "{}");
    stage.untilFinished("first");
    stage.apply("second", "{}");
    ExperimentStatus status = stage.untilFinished("second");

    assertThat(status.steps()).extracting(StepStatus::state).containsOnly(StepStatus.State.CACHED);
    assertThat(stage.jobs()).hasSize(3);
  }

  @Test
  void experimentsThatNeedTheSameShareItsJob() {
    stage.kubelet().next("pretrain", PlayedKubelet.Act.RUN);
    stage.apply("leads", "{}");
    stage.until("leads", Stage.step("pretrain", StepStatus.State.RUNNING));
    stage.apply("shares", "{\"linear\":{\"epochs\":3}}");
    ExperimentStatus shared =
        stage.until("shares", Stage.step("pretrain", StepStatus.State.RUNNING));
    assertThat(shared.step("pretrain").orElseThrow().leader()).isEqualTo("leads");

    stage.experiment("leads").delete();
    ExperimentStatus status = stage.untilFinished("shares");
    assertThat(status.result()).isEqualTo(ExperimentStatus.Result.SUCCEEDED);
    assertThat(status.step("pretrain").orElseThrow().attempts().started()).isEqualTo(2);
  }

  @Test
  void aPodThatIsDeletedCostsNoTry() {
    stage.kubelet().next("pretrain", PlayedKubelet.Act.RUN);
    stage.apply("evicted", "{\"execution\":{\"retries\":0}}");
    stage.until("evicted", Stage.step("pretrain", StepStatus.State.RUNNING));
    pod("pretrain").forEach(pod -> client.resource(pod).delete());
    ExperimentStatus status = stage.untilFinished("evicted");

    assertThat(status.result()).isEqualTo(ExperimentStatus.Result.SUCCEEDED);
    assertThat(status.step("pretrain").orElseThrow().attempts().preemptions()).isEqualTo(1);
    assertThat(status.step("pretrain").orElseThrow().attempts().failures()).isZero();
  }

  private List<Pod> pod(String step) {
    return stage.kubelet().pods().stream()
        .filter(pod -> step.equals(pod.getMetadata().getLabels().get("supcon.dev/step")))
        .toList();
  }

  @Test
  void suspendFreesTheNodeAndResumeGoesOn() {
    stage.kubelet().next("pretrain", PlayedKubelet.Act.RUN);
    stage.apply("paused", "{}");
    stage.until("paused", Stage.step("pretrain", StepStatus.State.RUNNING));
    stage.apply("paused", "{\"execution\":{\"suspend\":true}}");
    stage.until("paused", Stage.holds("Suspended"));
    assertThat(pod("pretrain")).isEmpty();

    stage.apply("paused", "{\"execution\":{\"suspend\":false}}");
    ExperimentStatus status = stage.untilFinished("paused");
    assertThat(status.result()).isEqualTo(ExperimentStatus.Result.SUCCEEDED);
  }

  @Test
  void aRefusalIsNotTriedAgain() {
    stage.kubelet().next("pretrain", PlayedKubelet.Act.REFUSE);
    stage.apply("refused", "{}");
    ExperimentStatus status = stage.untilFinished("refused");

    assertThat(status.result()).isEqualTo(ExperimentStatus.Result.FAILED);
    assertThat(status.step("pretrain").orElseThrow().reason()).isEqualTo("Refused");
    assertThat(stage.kubelet().acted()).containsExactly("augment", "pretrain");
  }

  /** What {@code kubectl supcon rerun --failed} does. */
  @Test
  void changesThatCancelEachOtherOutTryAgainOnlyWhatFailed() {
    stage.kubelet().next("pretrain", PlayedKubelet.Act.REFUSE);
    stage.apply("tried", "{}");
    stage.untilFinished("tried");
    stage.apply("tried", "{\"execution\":{\"retries\":4}}");
    stage.apply("tried", "{\"execution\":{\"retries\":3}}");
    ExperimentStatus status =
        stage.until("tried", seen -> seen.result() == ExperimentStatus.Result.SUCCEEDED);

    assertThat(status.observedGeneration()).isEqualTo(3);
    assertThat(stage.kubelet().acted())
        .containsExactly("augment", "pretrain", "pretrain", "linear");
  }

  @Test
  void successWithoutAResultIsAFault() {
    stage.kubelet().next("augment", PlayedKubelet.Act.LIE);
    stage.apply("lied", "{\"execution\":{\"retries\":0}}");
    ExperimentStatus status = stage.untilFinished("lied");

    assertThat(status.step("augment").orElseThrow().message()).contains("NoManifest");
  }

  @Test
  void aDeletedJobIsMadeAgainUnderTheNextNumber() {
    stage.kubelet().next("pretrain", PlayedKubelet.Act.RUN);
    stage.apply("byhand", "{}");
    stage.until("byhand", Stage.step("pretrain", StepStatus.State.RUNNING));
    client
        .batch()
        .v1()
        .jobs()
        .inNamespace(namespace)
        .withLabel("supcon.dev/step", "pretrain")
        .delete();

    assertThat(stage.untilFinished("byhand").result()).isEqualTo(ExperimentStatus.Result.SUCCEEDED);
    assertThat(stage.jobs())
        .extracting(job -> job.getMetadata().getName().replaceAll("-.*-", "-"))
        .contains("pretrain-2");
  }

  @Test
  void anOperatorThatStartsAgainGoesOn() {
    stage.kubelet().next("pretrain", PlayedKubelet.Act.RUN);
    stage.apply("again", "{}");
    stage.until("again", Stage.step("pretrain", StepStatus.State.RUNNING));
    operator.close();
    operator = StartedOperator.on(folder, namespace);
    pod("pretrain").forEach(pod -> client.resource(pod).delete());

    assertThat(stage.untilFinished("again").result()).isEqualTo(ExperimentStatus.Result.SUCCEEDED);
    assertThat(stage.jobs()).hasSize(4);
  }

  @Test
  void aNamespaceWithoutAnEntryIsToldSo() throws IOException {
    String other = namespace + "-x";
    Path configuration = folder.resolve("config.yaml");
    Files.writeString(
        configuration,
        Files.readString(configuration)
            .replace("\"*\"", namespace)
            .replace("{namespace}", namespace));
    client
        .resource(new NamespaceBuilder().withNewMetadata().withName(other).endMetadata().build())
        .create();
    operator.close();
    operator = StartedOperator.on(folder, other);
    SupConExperiment experiment = new SupConExperiment();
    experiment.setMetadata(new ObjectMetaBuilder().withName("none").withNamespace(other).build());
    experiment.setSpec(stage.apply("ignored", "{}").getSpec());
    client.resource(experiment).create();
    SupConExperiment seen =
        client
            .resources(SupConExperiment.class)
            .inNamespace(other)
            .withName("none")
            .waitUntilCondition(
                there ->
                    there.getStatus() != null && Stage.holds("Stalled").test(there.getStatus()),
                60,
                TimeUnit.SECONDS);

    assertThat(Map.of("x", seen.getStatus()).toString()).contains("NotConfigured");
    client.namespaces().withName(other).delete();
  }
}

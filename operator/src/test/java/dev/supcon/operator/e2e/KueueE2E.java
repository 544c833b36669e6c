package dev.supcon.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.supcon.operator.api.Condition;
import dev.supcon.operator.api.ExperimentStatus;
import dev.supcon.operator.api.StepStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Three experiments and quota for one GPU, by Kueue's own controller: one runs, one waits longer
 * than a step may be pending, and an urgent one takes the quota from the first.
 */
final class KueueE2E {
  private static final Path QUEUES = Path.of("../manifests/overlays/kueue/queues.yaml");
  private static final Path CONFIG = Path.of("../manifests/overlays/local/config.yaml");
  private static final String CAMPAIGN = UUID.randomUUID().toString().substring(0, 8);
  private static final Duration LIMIT = Duration.ofMinutes(15);
  private static final int PENDING_SECONDS = 30;

  private static Acting acting = new Acting();

  @BeforeAll
  static void install() throws IOException {
    Installation.apply();
    Command.run(List.of("dev/cluster/cluster", "kueue"));
    Command.run(List.of("dev/cluster/cluster", "gpus", "4")); // the quota is what is short
    Kubectl.feed(
        Files.readString(QUEUES).replace("nominalQuota: 8", "nominalQuota: 1"),
        "apply",
        "--server-side",
        "-f",
        "-");
    Kubectl.feed(
        """
        {apiVersion: scheduling.k8s.io/v1, kind: PriorityClass, metadata: {name: urgent}, value: 1000}
        """,
        "apply",
        "--server-side",
        "-f",
        "-");
    String config = Files.readString(CONFIG);
    String gpu = config.substring(config.indexOf("  gpu:"));
    Installation.configure(
        config.replace("runtimes: [default, gpu]", "runtimes: [default, gpu, urgent]")
            + gpu.replaceFirst("gpu:", "urgent:")
            + "    priorityClass: urgent\n");
  }

  @AfterAll
  static void uninstall() {
    acting.close();
    Kubectl.run("delete", "localqueue,clusterqueue,resourceflavor", "--all", "-A");
  }

  @Test
  void whoWaitsForQuotaBurnsNoDeadlineAndWhoLosesItGoesOn() throws IOException {
    Experiment calm = applied("calm", "gpu", "");
    calm.untilFinished(LIMIT);
    String undisturbed = calm.encoder();
    calm.delete();

    Experiment first = applied("first", "gpu", "queue: supcon");
    ExperimentStatus begun = first.until(LIMIT, KueueE2E::pretrains);
    StepStatus step = begun.step("pretrain").orElseThrow();
    Experiment second = applied("second", "gpu", "queue: supcon");
    Instant waits = Instant.now();
    ExperimentStatus queued = second.until(LIMIT, KueueE2E::waitsForQuota);
    first.progress(step.key(), 0.3, LIMIT);
    while (waits.plusSeconds(PENDING_SECONDS + 5).isAfter(Instant.now())) {
      queued = second.until(LIMIT, KueueE2E::waitsForQuota);
    }
    assertThat(queued.condition("Suspended").map(Condition::reason)).contains("QueuedByKueue");
    System.out.println("waiting:\n" + Kubectl.run("-n", Installation.NAMESPACE, "get", "sce,wl"));

    Experiment urgent = applied("urgent", "urgent", "queue: supcon");
    first.until(LIMIT, KueueE2E::preempted);
    System.out.println("preempted:\n" + Kubectl.run("-n", Installation.NAMESPACE, "get", "sce,wl"));
    assertThat(urgent.untilFinished(LIMIT).result()).isEqualTo(ExperimentStatus.Result.SUCCEEDED);

    ExperimentStatus resumed = first.until(LIMIT, KueueE2E::pretrained);
    String log = Kubectl.run("-n", Installation.NAMESPACE, "logs", "job/" + step.job());
    for (Experiment experiment : List.of(first, second)) {
      ExperimentStatus end = experiment.untilFinished(LIMIT);
      assertThat(end.result()).isEqualTo(ExperimentStatus.Result.SUCCEEDED);
      assertThat(experiment.encoder()).isEqualTo(undisturbed);
      assertThat(end.step("pretrain").orElseThrow().attempts().failures()).isZero();
    }
    System.out.println(
        "first: %s, pods %s%n%s"
            .formatted(
                resumed.step("pretrain").orElseThrow().attempts(), acting.of(step.key()), log));
    assertThat(log).contains("goes on from checkpoint");
    assertThat(acting.of(step.key())).hasSize(2);
    assertThat(acting.overlaps(step.key())).isEmpty();
    for (Experiment experiment : List.of(first, second, urgent)) {
      experiment.until(LIMIT, status -> Experiment.holds(status, "TrackingSynced"));
      assertThat(new TrackedRuns().running(Installation.NAMESPACE + "/" + experiment.name()))
          .isEmpty();
      experiment.delete();
    }
  }

  private static boolean pretrains(ExperimentStatus status) {
    return pretraining(status, StepStatus.State.RUNNING, "");
  }

  private static boolean waitsForQuota(ExperimentStatus status) {
    return pretraining(status, StepStatus.State.PENDING, "QuotaWait");
  }

  private static boolean pretrained(ExperimentStatus status) {
    return pretraining(status, StepStatus.State.SUCCEEDED, "");
  }

  private static boolean pretraining(
      ExperimentStatus status, StepStatus.State state, String reason) {
    return status
        .step("pretrain")
        .filter(step -> step.state() == state && step.reason().contains(reason))
        .isPresent();
  }

  private static boolean preempted(ExperimentStatus status) {
    return status.step("pretrain").filter(step -> step.attempts().preemptions() == 1).isPresent();
  }

  private static Experiment applied(String name, String runtime, String queue) throws IOException {
    String manifest = Files.readString(Path.of("src/test/resources/e2e/struck.yaml"));
    String execution =
        """
          execution:
            runtime: %s
            pendingSeconds: %d
            %s
        """
            .formatted(runtime, PENDING_SECONDS, queue);
    return Experiment.apply(
        name, manifest.replace("NAME", name).replace("TOKEN", name + "-" + CAMPAIGN) + execution);
  }
}

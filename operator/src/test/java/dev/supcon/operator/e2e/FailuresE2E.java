package dev.supcon.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.supcon.operator.api.Condition;
import dev.supcon.operator.api.ExperimentStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is wrong is said, as docs/operator.md says, in time; what is right is not disturbed. */
final class FailuresE2E {
  private static final Path RESOURCES = Path.of("src/test/resources/e2e");

  /** What is wrong, and what the status is to say of it. */
  enum Wrong {
    NO_IMAGE("pendingSeconds: 20, runtime: no-image", "DeadlineExceeded", "ImagePull"),
    TOO_MANY_GPUS("pendingSeconds: 20, runtime: huge", "DeadlineExceeded", "nvidia.com/gpu"),
    OVER_QUOTA("pendingSeconds: 20, runtime: over-quota", "DeadlineExceeded", "quota"),
    EXIT_64("runtime: refuses", "StepFailed", "64"),
    EXIT_75_IN_A_LOOP("runtime: no-progress", "StepFailed", "checkpoint"),
    OUT_OF_MEMORY("retries: 1, runtime: greedy", "StepFailed", "137"),
    WITHOUT_END("runningSeconds: 20, runtime: silent", "DeadlineExceeded", "20"),
    WITHOUT_PROGRESS("retries: 0, runtime: silent", "StepFailed", "progress");

    final String execution;
    final String reason;
    final String word;

    Wrong(String execution, String reason, String word) {
      this.execution = execution;
      this.reason = reason;
      this.word = word;
    }

    String experiment() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  @BeforeAll
  static void install() throws IOException {
    Installation.apply();
    stub("exit64", "echo the request is odd; exit 64");
    stub("exit75", "exit 75");
    stub("greedy", "x=aaaaaaaaaaaaaaaa; while true; do x=$x$x; done");
    stub("silent", "sleep 1000000");
    for (String namespace : List.of("no-secret", "wrong-key")) {
      Kubectl.feed(tenant(namespace), "apply", "-f", "-");
      new Tenant(namespace).awaitQuota();
    }
    Kubectl.run("-n", "no-secret", "delete", "secret", "supcon-s3");
    Installation.configure(Files.readString(RESOURCES.resolve("failing-config.yaml")));
    Kubectl.run("-n", Installation.NAMESPACE, "delete", "sce", "canary", "--ignore-not-found");
    Experiment.apply(
            "canary",
            Files.readString(RESOURCES.resolve("experiment.yaml"))
                .replace("name: first", "name: canary"))
        .until(Duration.ofMinutes(1), FailuresE2E::begun); // the oldest: it leads what it shares
  }

  private static boolean begun(ExperimentStatus status) {
    return status.steps().stream().anyMatch(step -> step.attempts().started() > 0);
  }

  private static void stub(String name, String line) {
    Command.run(List.of("dev/cluster/cluster", "stub", "cluster.local/" + name + ":1", line));
  }

  private static String tenant(String namespace) {
    return Kubectl.run("kustomize", "manifests/tenant").replace("team-a", namespace);
  }

  @AfterAll
  static void remove() {
    for (String namespace : List.of("no-secret", "wrong-key")) {
      Kubectl.run("delete", "namespace", namespace, "--wait=false");
    }
    Installation.apply();
  }

  @ParameterizedTest
  @EnumSource
  void whatIsWrongIsSaidInTime(Wrong wrong) {
    Experiment experiment =
        Experiment.apply(
            wrong.experiment(), manifest(wrong.experiment(), "shapes", wrong.execution));
    failsWith(experiment, wrong.reason, wrong.word);
    experiment.delete();
  }

  @Test
  void dataThatDoNotExistAreWaitedFor() {
    Experiment experiment =
        Experiment.apply(
            "no-data", manifest("no-data", "none, s3: 's3://supcon/data/none.tar'", "retries: 0"));
    ExperimentStatus status = experiment.until(Duration.ofMinutes(1), FailuresE2E::stalled);

    said(
        status.condition("Stalled").orElseThrow(),
        "DependencyMissing",
        "s3://supcon/data/none.tar");
    experiment.delete();
  }

  @Test
  void aMissingSecretIsNamed() {
    Experiment experiment =
        Experiment.apply("no-secret", "no-secret", manifest("no-secret", "shapes", "retries: 0"));
    failsWith(experiment, "StepFailed", "supcon-s3");
    experiment.delete();
  }

  @Test
  void aWrongKeyIsNamed() {
    Experiment experiment =
        Experiment.apply("wrong-key", "wrong-key", manifest("wrong-key", "shapes", "retries: 0"));
    failsWith(experiment, "StepFailed", "supcon-s3");
    experiment.delete();
  }

  @Test
  void othersAreNotDisturbed() {
    Experiment canary = new Experiment(Installation.NAMESPACE, "canary");
    ExperimentStatus status = canary.untilFinished(Duration.ofMinutes(10));

    assertThat(status.result()).isEqualTo(ExperimentStatus.Result.SUCCEEDED);
    assertThat(status.steps()).allMatch(step -> step.attempts().started() <= 1);
    canary.delete();
  }

  private static void failsWith(Experiment experiment, String reason, String word) {
    Instant from = Instant.now();
    ExperimentStatus status = experiment.untilFinished(Duration.ofMinutes(4));
    Condition failed = status.condition("Failed").orElseThrow();
    System.out.printf(
        "%s: %s after %d s: %s%n",
        experiment.name(),
        failed.reason(),
        Duration.between(from, Instant.now()).toSeconds(),
        failed.message());
    assertThat(status.result()).isEqualTo(ExperimentStatus.Result.FAILED);
    said(failed, reason, word);
    said(status.condition("Stalled").orElseThrow(), reason, word);
  }

  private static boolean stalled(ExperimentStatus status) {
    return Experiment.holds(status, "Stalled");
  }

  private static void said(Condition condition, String reason, String word) {
    assertThat(condition.reason()).isEqualTo(reason);
    assertThat(condition.message()).contains(word);
  }

  private static String manifest(String name, String data, String execution) {
    return """
    apiVersion: supcon.dev/v1alpha1
    kind: SupConExperiment
    metadata: {name: %s}
    spec:
      data: {name: %s}
      rerun: {token: %s}
      execution: {%s}
    """
        .formatted(name, data, name, execution);
  }
}

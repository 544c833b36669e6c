package dev.supcon.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.supcon.operator.api.ExperimentStatus;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** What the operator does in a life with everything in it, by the API server's audit log. */
@EnabledIfEnvironmentVariable(named = "SUPCON_AUDIT_LOG", matches = ".+")
final class RightsE2E {
  private static final Tenant TENANT = new Tenant("chart-a");
  private static final Tenant WITHOUT_SECRET = new Tenant("chart-b");
  private static final String RUNNING =
      "jsonpath={.items[?(@.status.phase==\"Running\")].metadata.name}";
  private static final String REPEATED =
      "jsonpath={.items[?(@.reportingController==\"supcon.dev/operator\")].series.count}";

  @BeforeAll
  static void prepare() {
    Release.prepare();
    Release.install("helm/supcon-operator");
    TENANT.make();
    WITHOUT_SECRET.make();
    WITHOUT_SECRET.in("delete", "secret", "supcon-s3");
  }

  @AfterAll
  static void remove() {
    TENANT.remove();
    WITHOUT_SECRET.remove();
    Release.remove();
  }

  @Test
  void theRightsThatItUsesAreThoseThatItHas() {
    Experiment life = TENANT.experiment("life", 10);
    isStoppedEvictedAndTakenOver(life);
    fails(life.status().step("augment").orElseThrow().key());
    isDeletedAsItRuns();

    String log = Objects.requireNonNull(System.getenv("SUPCON_AUDIT_LOG"));
    assertThat(Command.run(List.of("dev/charts", "rbac", log, Release.NAMESPACE)))
        .contains("rights used");
  }

  private static void isStoppedEvictedAndTakenOver(Experiment life) {
    TENANT.pretraining(life);
    stop(life);
    TENANT.pretraining(life);
    evict(TENANT.in("get", "pods", "-o", RUNNING, "-l", "supcon.dev/step=pretrain"));
    Tenant.until(
        "an event to be repeated",
        () -> {
          stop(life);
          return TENANT.in("get", "events.events.k8s.io", "-o", REPEATED);
        });
    Release.in("delete", "pod", Release.leader());
    TENANT.succeeds(life);
  }

  /**
   * Its pods lack a Secret, and the name of its first Job is taken.
   *
   * @param key the data's, the same in every namespace
   */
  private static void fails(String key) {
    String job = "augment-%s-1".formatted(key.substring(0, 12));
    WITHOUT_SECRET.in("create", "job", job, "--image=cluster.local/busybox:1");
    Experiment fails = WITHOUT_SECRET.experiment("fails", 10);
    assertThat(fails.untilFinished(Duration.ofMinutes(10)).result())
        .isEqualTo(ExperimentStatus.Result.FAILED);
  }

  private static void isDeletedAsItRuns() {
    Experiment deleted = TENANT.experiment("deleted", 11);
    TENANT.pretraining(deleted);
    deleted.delete();
  }

  private static void stop(Experiment experiment) {
    suspend(experiment, true);
    suspend(experiment, false);
  }

  private static void suspend(Experiment experiment, boolean suspended) {
    String name = experiment.name();
    String spec = "{\"spec\":{\"execution\":{\"suspend\":%s}}}".formatted(suspended);
    TENANT.in("patch", "sce", name, "--type=merge", "-p", spec);
    experiment.until(
        Duration.ofMinutes(5), status -> Experiment.holds(status, "Suspended") == suspended);
  }

  private static void evict(String pod) {
    String path = "/api/v1/namespaces/%s/pods/%s/eviction".formatted(TENANT.namespace(), pod);
    String eviction =
        "{\"apiVersion\":\"policy/v1\",\"kind\":\"Eviction\",\"metadata\":{\"name\":\"%s\"}}"
            .formatted(pod);
    Kubectl.feed(eviction, "create", "--raw", path, "-f", "-");
  }
}

package dev.supcon.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The chart's life on the cluster of KUBECONFIG, with experiments in it. {@code ./supcon e2e} */
final class ChartE2E {
  private static final String CHART = "helm/supcon-operator";
  private static final String CRD = "crd/supconexperiments.supcon.dev";
  private static final Tenant TENANT = new Tenant("chart-a");

  @TempDir Path folder;

  @BeforeAll
  static void prepare() {
    Release.prepare();
    Release.install(CHART); // before the tenant, whose quota counts its kind
    TENANT.make();
  }

  @AfterAll
  static void remove() {
    TENANT.remove();
    Release.remove();
  }

  @Test
  void aReleaseIsReadyAndSaysWhatToDo() {
    String notes = Release.install(CHART);

    assertThat(notes).contains("watches every namespace", "helm test", "keeps every experiment");
    assertThat(Release.test()).contains("Phase:          Succeeded");
    assertThat(
            Release.in("get", "pods", "-l", "app.kubernetes.io/component=operator", "-o", "name"))
        .hasLineCount(2);
    assertThat(Release.leader()).startsWith("supcon-operator-");
    assertThat(asked("q/metrics")).contains("supcon_leader", "supcon_config_valid 1.0");
    assertThat(asked("q/health/live")).contains("\"status\": \"UP\"").doesNotContain("DOWN");
  }

  @Test
  void aLeaderThatIsStoppedEndsAtOnceAndAnotherLeads() {
    Release.install(CHART);
    String leader = Release.leader();

    Release.in("delete", "pod", leader, "--timeout=25s"); // its grace period is 30 s

    assertThat(Tenant.until("another leader", () -> Release.leader().replace(leader, "")))
        .isNotBlank();
  }

  @Test
  void anUpgradeFromAnOlderRevisionLeavesARunningStepAlone() throws IOException {
    Release.install(OlderChart.in(folder));
    assertThat(field("rerun")).isEmpty();
    Experiment experiment = TENANT.experiment("upgraded", 1);
    String pod = TENANT.pretraining(experiment);

    Release.install(CHART, "--set", "podAnnotations.revision=newer");

    assertThat(field("rerun")).isNotEmpty();
    assertThat(TENANT.pretrainingPods(experiment)).isEqualTo(pod);
    TENANT.succeeds(experiment);
    assertEachStepHadOneAttempt(experiment);
  }

  @Test
  void anUninstallationLosesNeitherExperimentsNorWhatRunsOfThem() {
    Release.install(CHART);
    Experiment experiment = TENANT.experiment("kept", 2);
    String pod = TENANT.pretraining(experiment);

    Release.uninstall();

    assertThat(Release.in("get", "deployments", "-o", "name")).isBlank();
    assertThat(Kubectl.run("get", CRD, "-o", "name")).isNotBlank();
    assertThat(TENANT.in("get", "sce", "kept", "-o", "name")).isNotBlank();
    assertThat(TENANT.pretrainingPods(experiment)).isEqualTo(pod);
    Release.install(CHART);
    TENANT.succeeds(experiment);
    assertEachStepHadOneAttempt(experiment);
    assertThat(judgedByPodSecurity("chart-a")).doesNotContain("Warning");
    assertThat(judgedByPodSecurity(Release.NAMESPACE)).doesNotContain("Warning");
  }

  @Test
  void oneNamespacesRightsAreEnough() {
    Release.install(
        CHART, "--set", "watch.namespaces={chart-a},crds.install=false,rbac.aggregate=false");

    TENANT.succeeds(TENANT.experiment("alone", 3));
    assertThat(Kubectl.run(mayListJobs("chart-a"))).startsWith("yes");
    assertThat(Kubectl.refused(mayListJobs("default"))).startsWith("no");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          replicas=many                                   | "/replicas"
          replicaCount=3                                  | "'replicaCount' not allowed"
          image.digest=sha256:12                          | "/image/digest"
          image.pullPolicy=Sometimes                      | "/image/pullPolicy"
          log.level=LOUD                                  | "/log/level"
          config.namespaces.chart-a.store=file:///tmp     | "/config/namespaces/chart-a/store"
          config.namespaces.chart-a.s3Endpoint=minio:9000 | "/config/namespaces/chart-a/s3Endpoint"
          config.namespaces.chart-a.maxActiveSteps=0      | "/config/namespaces/chart-a/maxActiveSteps"
          config.runtimes.default.resources.memory=much   | "/config/runtimes/default/resources/memory"
          config.runtimes.default.command=sh              | "/config/runtimes/default': additional properties 'command' not allowed"
          networkPolicy.outside[0].ports[0]=70000         | "/networkPolicy/outside/0/ports/0"
          watch.namespaces={Team}                         | "/watch/namespaces/0"
          metrics.serviceMonitor.interval=often           | "/metrics/serviceMonitor/interval"
          """)
  void aWrongValueIsRefusedByItsName(String value, String name) {
    assertThat(Release.refused("--set", value))
        .contains("values don't meet the specifications of the schema")
        .contains(name);
  }

  /** Data that an earlier test has packed are cached. */
  private static void assertEachStepHadOneAttempt(Experiment experiment) {
    assertThat(experiment.status().steps())
        .allSatisfy(step -> assertThat(step.attempts().started()).isLessThanOrEqualTo(1));
  }

  /** A namespace's pods are judged when it begins to enforce a stricter profile. */
  private static String judgedByPodSecurity(String namespace) {
    String label = "pod-security.kubernetes.io/enforce=";
    Kubectl.run("label", "--overwrite", "ns", namespace, label + "privileged");
    String judged =
        Kubectl.run(
            "label", "--overwrite", "--dry-run=server", "ns", namespace, label + "restricted");
    Kubectl.run("label", "--overwrite", "ns", namespace, label + "restricted");
    return judged;
  }

  private static String asked(String path) {
    return Kubectl.run(
        "get",
        "--raw",
        "/api/v1/namespaces/%s/services/supcon-operator:http/proxy/%s"
            .formatted(Release.NAMESPACE, path));
  }

  private static String[] mayListJobs(String namespace) {
    String operator = "system:serviceaccount:" + Release.NAMESPACE + ":supcon-operator";
    return new String[] {"auth", "can-i", "list", "jobs", "--as", operator, "-n", namespace};
  }

  private static String field(String name) {
    return Kubectl.run(
        "get",
        CRD,
        "-o",
        "jsonpath={.spec.versions[0].schema.openAPIV3Schema.properties.spec.properties.%s}"
            .formatted(name));
  }
}

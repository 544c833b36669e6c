package dev.supcon.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** docs/first-experiment-on-a-cluster.md, on the cluster of KUBECONFIG. {@code ./supcon e2e} */
final class FirstExperimentE2E {
  private static final String FILE = "operator/src/test/resources/e2e/experiment.yaml";

  @BeforeAll
  static void install() {
    Kubectl.feed(manifests(), "apply", "--server-side", "--force-conflicts", "-f", "-");
    Kubectl.run("-n", "supcon-system", "rollout", "status", "deployment/supcon-operator");
  }

  @AfterAll
  static void remove() {
    Kubectl.run("-n", "team-a", "delete", "sce", "--all", "--ignore-not-found");
  }

  @Test
  void anExperimentThatIsAppliedSucceedsAndLeavesNothingWhenItIsDeleted()
      throws InterruptedException {
    Kubectl.run("-n", "team-a", "apply", "-f", FILE);
    Kubectl.run("-n", "team-a", "wait", "--for=condition=Finished", "--timeout=20m", "sce/first");

    assertThat(status("result"))
        .as("%s", Kubectl.run("-n", "team-a", "describe", "sce", "first"))
        .isEqualTo("Succeeded");
    assertThat(status("steps[*].name"))
        .contains("augment", "pretrain", "linear", "corruption", "transfer");
    assertThat(status("metrics[?(@.name==\"classifier.test.top1\")].value")).isNotEmpty();

    Kubectl.run("-n", "team-a", "delete", "sce", "first");
    for (int second = 0; second < 120 && !leftovers().isBlank(); second++) {
      TimeUnit.SECONDS.sleep(1);
    }
    assertThat(leftovers()).isBlank();
  }

  private static String leftovers() {
    return Kubectl.run(
        "-n",
        "team-a",
        "get",
        "jobs,pods",
        "--ignore-not-found",
        "-l",
        "supcon.dev/experiment=first",
        "-o",
        "name");
  }

  private static String status(String path) {
    return Kubectl.run(
        "-n", "team-a", "get", "sce", "first", "-o", "jsonpath={.status." + path + "}");
  }

  /** The overlay, with the servers' addresses where this cluster's pods find them. */
  private static String manifests() {
    Map<String, String> environment = System.getenv();
    return Kubectl.run("kustomize", "manifests/overlays/local")
        .replace(
            "http://10.244.0.1:26900",
            environment.getOrDefault("SUPCON_POD_S3_ENDPOINT", "http://10.244.0.1:26900"))
        .replace(
            "http://10.244.0.1:26500",
            environment.getOrDefault("SUPCON_POD_MLFLOW_TRACKING_URI", "http://10.244.0.1:26500"));
  }
}

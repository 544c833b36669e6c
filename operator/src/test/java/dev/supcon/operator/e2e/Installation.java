package dev.supcon.operator.e2e;

import java.util.Map;

/** The operator and the namespace team-a, by manifests/overlays/local. */
final class Installation {
  static final String NAMESPACE = "team-a";

  private Installation() {}

  static void apply() {
    Kubectl.feed(manifests(), "apply", "--server-side", "--force-conflicts", "-f", "-");
    Kubectl.run("-n", "supcon-system", "rollout", "status", "deployment/supcon-operator");
  }

  /** Another configuration; a new pod need not wait for kubelet to bring it. */
  static void configure(String configuration) {
    Kubectl.feed(
        Kubectl.feed(
            here(configuration),
            "-n",
            "supcon-system",
            "create",
            "configmap",
            "supcon-operator-config",
            "--from-file=config.yaml=/dev/stdin",
            "--dry-run=client",
            "-o",
            "yaml"),
        "apply",
        "--server-side",
        "--force-conflicts",
        "-f",
        "-");
    Kubectl.run("-n", "supcon-system", "rollout", "restart", "deployment/supcon-operator");
    Kubectl.run("-n", "supcon-system", "rollout", "status", "deployment/supcon-operator");
  }

  private static String manifests() {
    return here(Kubectl.run("kustomize", "manifests/overlays/local"));
  }

  /** The servers' addresses where this cluster's pods find them. */
  private static String here(String text) {
    Map<String, String> environment = System.getenv();
    return text.replace(
            "http://10.244.0.1:26900",
            environment.getOrDefault("SUPCON_POD_S3_ENDPOINT", "http://10.244.0.1:26900"))
        .replace(
            "http://10.244.0.1:26500",
            environment.getOrDefault("SUPCON_POD_MLFLOW_TRACKING_URI", "http://10.244.0.1:26500"));
  }
}

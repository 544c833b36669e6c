package dev.supcon.operator.e2e;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The chart's release in a namespace that enforces Pod Security "restricted". */
final class Release {
  static final String NAMESPACE = "supcon-system";

  /** The release and its values, as every command of Helm's takes them. */
  private static final List<String> VALUES =
      Stream.concat(
              Stream.of(
                  "--namespace",
                  NAMESPACE,
                  "--values",
                  "operator/src/test/resources/e2e/values.yaml"),
              Stream.of("chart-a", "chart-b").flatMap(Release::servers))
          .toList();

  private static final String NAME = "supcon-operator";

  private Release() {}

  /** A namespace with the operator's own credentials, and nothing of an earlier test. */
  static void prepare() {
    remove();
    Kubectl.feed(
        """
        apiVersion: v1
        kind: Namespace
        metadata:
          name: %1$s
          labels: {pod-security.kubernetes.io/enforce: restricted}
        ---
        apiVersion: v1
        kind: Secret
        metadata: {name: supcon-operator-s3, namespace: %1$s}
        stringData: {access-key: supcon, secret-key: supcon-secret}
        """
            .formatted(NAMESPACE),
        "apply",
        "--server-side",
        "-f",
        "-");
  }

  /** Installs or upgrades, and waits until every replica is ready. */
  static String install(String chart, String... more) {
    return Helm.run(
        arguments(List.of("upgrade", "--install", "--wait", "--timeout", "10m"), chart, more));
  }

  static String refused(String... more) {
    return Helm.refused(
        arguments(List.of("template", "--kube-version", "1.34"), "helm/supcon-operator", more));
  }

  /** kubectl in its namespace. */
  static String in(String... arguments) {
    return new Tenant(NAMESPACE).in(arguments);
  }

  /** The name of the pod that acts. */
  static String leader() {
    return in("get", "lease", "supcon-operator", "-o", "jsonpath={.spec.holderIdentity}");
  }

  static String test() {
    return Helm.run("test", NAME, "--namespace", NAMESPACE);
  }

  static void uninstall() {
    Helm.run("uninstall", NAME, "--namespace", NAMESPACE, "--ignore-not-found", "--wait");
  }

  /** Whatever installed it: FirstExperimentE2E does by kustomize. */
  static void remove() {
    uninstall();
    Kubectl.feed(
        Kubectl.run("kustomize", "manifests/base"), "delete", "--ignore-not-found", "-f", "-");
  }

  private static String[] arguments(List<String> command, String chart, String... more) {
    return Stream.of(command, List.of(NAME, chart), VALUES, List.of(more))
        .flatMap(List::stream)
        .toArray(String[]::new);
  }

  private static Stream<String> servers(String tenant) {
    Map<String, String> environment = System.getenv();
    String s3 = environment.getOrDefault("SUPCON_POD_S3_ENDPOINT", "http://10.244.0.1:26900");
    String mlflow =
        environment.getOrDefault("SUPCON_POD_MLFLOW_TRACKING_URI", "http://10.244.0.1:26500");
    return Stream.of(
        "--set",
        "config.namespaces.%1$s.s3Endpoint=%2$s,config.namespaces.%1$s.mlflow=%3$s"
            .formatted(tenant, s3, mlflow));
  }
}

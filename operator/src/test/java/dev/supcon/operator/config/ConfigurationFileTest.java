package dev.supcon.operator.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.supcon.contract.spec.Violation;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConfigurationFileTest {
  private static final String DIGEST = "registry/runner@sha256:" + "0".repeat(64);
  static final String GOOD =
      """
      namespaces:
        team-a:
          store: s3://bucket/team-a
          s3Endpoint: http://minio.storage:9000
          mlflow: https://mlflow.example
          dataPrefixes: [s3://data/public, s3://data/team-a/]
          runtimes: [default, gpu]
          maxActiveSteps: 20
        "*":
          store: s3://others/{namespace}
          dataPrefixes: ["s3://others/{namespace}/data"]
      runtimes:
        default:
          image: %1$s
          resources: {cpu: "2", memory: 4Gi, ephemeral-storage: 10Gi}
          threads: 2
        gpu:
          image: runner:latest
          imagePullPolicy: Always
          pullSecret: registry
          gpu: {resource: nvidia.com/mig-1g.10gb, count: 2}
          resources: {cpu: 500m, memory: 8Gi}
          nodeSelector: {nvidia.com/gpu.product: A100}
          tolerations: [{key: nvidia.com/gpu, operator: Exists, effect: NoSchedule}]
          priorityClass: batch
          runtimeClass: nvidia
          scratch: {size: 50Gi, storageClass: fast}
          shm: 2Gi
          resourceClaims: [{name: gpu, resourceClaimTemplateName: one-gpu}]
          graceSeconds: 300
          stallSeconds: 0
      """
          .formatted(DIGEST);

  @Test
  void everyFieldIsRead() {
    Configuration configuration = accepted(GOOD);
    Tenant tenant = configuration.tenant("team-a").orElseThrow();
    StepRuntime gpu = configuration.runtime(tenant, "gpu").orElseThrow();

    assertThat(tenant.store()).isEqualTo("s3://bucket/team-a");
    assertThat(tenant.maxActiveSteps()).isEqualTo(20);
    assertThat(gpu.gpus()).isEqualTo(2);
    assertThat(gpu.resources()).containsEntry("memory", "8Gi");
    assertThat(gpu.tolerations().getFirst().getKey()).isEqualTo("nvidia.com/gpu");
    assertThat(gpu.resourceClaims().getFirst().getResourceClaimTemplateName()).isEqualTo("one-gpu");
    assertThat(gpu.graceSeconds()).isEqualTo(300);
    assertThat(configuration.runtime(tenant, "default").orElseThrow().stallSeconds())
        .isEqualTo(1800);
  }

  @Test
  void aNamespaceWithoutAnEntryIsOneOfTheOthers() {
    Tenant other = accepted(GOOD).tenant("team-b").orElseThrow();

    assertThat(other.store()).isEqualTo("s3://others/team-b");
    assertThat(other.dataPrefixes()).containsExactly("s3://others/team-b/data");
    assertThat(accepted("{}").tenant("team-b")).isEmpty();
  }

  @Test
  void aRuntimeIsOnlyForWhomItWasGrantedTo() {
    Configuration configuration = accepted(GOOD);
    Tenant other = configuration.tenant("team-b").orElseThrow();

    assertThat(configuration.runtime(other, "gpu")).isEmpty();
    assertThat(configuration.runtime(other, "default")).isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "s3://data/public, true",
    "s3://data/public/, true",
    "s3://data/public/cifar.tar, true",
    "s3://data/publicly, false",
    "s3://data/team-a/x, true",
    "s3://data/team-b/x, false",
    "s3://data, false",
  })
  void dataMayLieBelowAPrefixButNotBesideIt(String address, boolean allowed) {
    assertThat(accepted(GOOD).tenant("team-a").orElseThrow().mayRead(address)).isEqualTo(allowed);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          store: s3://bucket/team-a       | store: /tmp                     | namespaces.team-a.store
          store: s3://bucket/team-a       | store: s3://others/team-b       | namespaces.team-a.store
          store: s3://others/{namespace}  | store: s3://others/all          | namespaces.*.store
          http://minio.storage:9000       | minio:9000                      | namespaces.team-a.s3Endpoint
          https://mlflow.example          | https://user:word@mlflow        | namespaces.team-a.mlflow
          s3://data/public,               | /data,                          | namespaces.team-a.dataPrefixes[0]
          runtimes: [default, gpu]        | runtimes: [default, big]        | namespaces.team-a.runtimes[1]
          maxActiveSteps: 20              | maxActiveSteps: 0               | namespaces.team-a.maxActiveSteps
          imagePullPolicy: Always         | imagePullPolicy: Sometimes      | runtimes.gpu.imagePullPolicy
          imagePullPolicy: Always         | # none                          | runtimes.gpu.image
          image: runner:latest            | image: "a b"                    | runtimes.gpu.image
          pullSecret: registry            | pullSecret: Not/A/Name          | runtimes.gpu.pullSecret
          nvidia.com/mig-1g.10gb          | gpu                             | runtimes.gpu.gpu.resource
          count: 2                        | count: 0                        | runtimes.gpu.gpu.count
          {cpu: 500m, memory: 8Gi}        | {cpu: 500m}                     | runtimes.gpu.resources.memory
          {cpu: 500m, memory: 8Gi}        | {cpu: fast, memory: 8Gi}        | runtimes.gpu.resources.cpu
          {cpu: 500m, memory: 8Gi}        | {cpu: 1, memory: 8Gi, gpu: 1}   | runtimes.gpu.resources.gpu
          gpu.product: A100               | gpu.product: "a b"              | runtimes.gpu.nodeSelector.nvidia.com/gpu.product
          operator: Exists                | operator: Is                    | runtimes.gpu.tolerations[0].operator
          effect: NoSchedule              | effekt: NoSchedule              | runtimes.gpu.tolerations[0].effekt
          priorityClass: batch            | priorityClass: "Batch!"         | runtimes.gpu.priorityClass
          runtimeClass: nvidia            | runtimeClass: "-"               | runtimes.gpu.runtimeClass
          size: 50Gi                      | size: much                      | runtimes.gpu.scratch.size
          storageClass: fast              | storageClass: F                 | runtimes.gpu.scratch.storageClass
          shm: 2Gi                        | shm: "-1Gi"                     | runtimes.gpu.shm
          resourceClaimTemplateName       | claimTemplate                   | runtimes.gpu.resourceClaims[0].claimTemplate
          graceSeconds: 300               | graceSeconds: 0                 | runtimes.gpu.graceSeconds
          stallSeconds: 0                 | stallSeconds: -1                | runtimes.gpu.stallSeconds
          threads: 2                      | threads: 0                      | runtimes.default.threads
          threads: 2                      | threads: two                    | runtimes.default.threads
          threads: 2                      | thread: 2                       | runtimes.default.thread
          """)
  void everyFaultNamesItsField(String good, String bad, String path) {
    assertThat(GOOD).contains(good);
    assertThat(refused(GOOD.replace(good, bad))).extracting(Violation::path).as(bad).contains(path);
  }

  @Test
  void aRuntimesNameIsAName() {
    assertThat(refused(GOOD.replace("  gpu:\n    image", "  Gpu_1:\n    image")))
        .extracting(Violation::path)
        .contains("runtimes.Gpu_1");
  }

  @Test
  void twoTenantsMayNotShareAStore() {
    String two =
        """
        namespaces:
          a: {store: s3://bucket/a}
          b: {store: s3://bucket/a/b}
        runtimes:
          default: {image: "%s", resources: {cpu: 1, memory: 1Gi}}
        """
            .formatted(DIGEST);

    assertThat(refused(two))
        .extracting(Violation::line)
        .containsExactly(
            "namespaces.b.store: overlaps with namespaces.a.store; write another prefix");
  }

  @ParameterizedTest
  @CsvSource({"'a: [', the file", "'namespaces: {a: {store: x}, a: {store: y}}', namespaces"})
  void whatIsNoYamlIsRefused(String text, String path) {
    assertThat(refused(text)).extracting(Violation::path).containsExactly(path);
  }

  private static Configuration accepted(String yaml) {
    return switch (ConfigurationFile.read(yaml)) {
      case ConfigurationFile.Read.Accepted accepted -> accepted.configuration();
      case ConfigurationFile.Read.Refused refused -> throw new AssertionError(refused.violations());
    };
  }

  private static List<Violation> refused(String yaml) {
    return switch (ConfigurationFile.read(yaml)) {
      case ConfigurationFile.Read.Accepted accepted ->
          throw new AssertionError("accepted: " + accepted.configuration());
      case ConfigurationFile.Read.Refused refused -> refused.violations();
    };
  }
}

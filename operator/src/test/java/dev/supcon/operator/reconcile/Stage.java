package dev.supcon.operator.reconcile;

import dev.supcon.contract.spec.ExperimentSpec;
import dev.supcon.contract.step.ContractJson;
import dev.supcon.loopback.LoopbackS3;
import dev.supcon.operator.api.ExperimentStatus;
import dev.supcon.operator.api.StepStatus;
import dev.supcon.operator.api.SupConExperiment;
import dev.supcon.services.store.ObjectStore;
import dev.supcon.services.store.Stores;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * A namespace on a real API server, with a store, a played kubelet and a user, but without an
 * operator.
 */
record Stage(
    KubernetesClient client,
    String namespace,
    ObjectStore store,
    Path folder,
    PlayedKubelet kubelet,
    Duration patience)
    implements AutoCloseable {
  static final Path CRD = Path.of("../manifests/crds/supconexperiments.supcon.dev.yaml");

  /**
   * @param folder becomes the operator's: its configuration, its credentials
   */
  static Stage open(KubernetesClient client, LoopbackS3 s3, Path folder, String namespace)
      throws IOException {
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
          "*":
            store: s3://bucket/{namespace}
            s3Endpoint: %s
            maxActiveSteps: 3
        runtimes:
          default:
            image: example.org/runner@sha256:%s
            resources: {cpu: "1", memory: 1Gi}
        """
            .formatted(s3.environment().get("SUPCON_S3_ENDPOINT"), "ab".repeat(32)));
    ObjectStore store = Stores.open("s3://bucket/" + namespace, s3.environment());
    return new Stage(
        client,
        namespace,
        store,
        folder,
        new PlayedKubelet(client, namespace, store, folder),
        Duration.ofMinutes(1));
  }

  static void applyCrd(KubernetesClient client) throws IOException {
    client.load(Files.newInputStream(CRD)).serverSideApply();
  }

  Stage patient(Duration longer) {
    return new Stage(client, namespace, store, folder, kubelet, longer);
  }

  Resource<SupConExperiment> experiment(String name) {
    return client.resources(SupConExperiment.class).inNamespace(namespace).withName(name);
  }

  SupConExperiment apply(String name, String spec) {
    SupConExperiment experiment = new SupConExperiment();
    experiment.setMetadata(new ObjectMetaBuilder().withName(name).withNamespace(namespace).build());
    try {
      experiment.setSpec(ContractJson.read(spec, ExperimentSpec.class));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return client.resource(experiment).serverSideApply();
  }

  ExperimentStatus until(String name, Predicate<ExperimentStatus> condition) {
    long end = System.nanoTime() + patience.toNanos();
    ExperimentStatus last = ExperimentStatus.UNSEEN;
    while (System.nanoTime() < end) {
      last =
          Objects.requireNonNullElse(experiment(name).get().getStatus(), ExperimentStatus.UNSEEN);
      if (condition.test(last)) {
        return last;
      }
      pause(200);
    }
    throw new AssertionError(
        name + " did not come to it in " + patience + ": " + ContractJson.write(last));
  }

  ExperimentStatus untilFinished(String name) {
    return until(name, holds("Finished"));
  }

  void letASecondPass() {
    pause(1100);
  }

  static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  static Predicate<ExperimentStatus> holds(String type) {
    return status -> status.condition(type).filter(found -> found.holds()).isPresent();
  }

  static Predicate<ExperimentStatus> step(String name, StepStatus.State state) {
    return status -> status.step(name).filter(row -> row.state() == state).isPresent();
  }

  List<Job> jobs() {
    return client.batch().v1().jobs().inNamespace(namespace).list().getItems();
  }

  @Override
  public void close() {
    kubelet.close();
    client.namespaces().withName(namespace).delete();
    store.close();
  }
}

package dev.supcon.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.supcon.operator.api.ExperimentStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A namespace of manifests/tenant, and what its researchers do there. */
record Tenant(String namespace) {
  private static final String[] COUNTED = {
    "get",
    "resourcequota",
    "supcon",
    "-o",
    "jsonpath={.status.used.count/supconexperiments\\.supcon\\.dev}"
  };
  private static final Duration PATIENCE = Duration.ofMinutes(15);

  /** Made anew, with the Secret that opens its store. */
  void make() {
    remove();
    Kubectl.feed(
        Kubectl.run("kustomize", "manifests/tenant")
            .replace("team-a", namespace)
            .replace("access-key: CHANGE-ME", "access-key: supcon")
            .replace("secret-key: CHANGE-ME", "secret-key: supcon-secret"),
        "apply",
        "--server-side",
        "-f",
        "-");
    in("delete", "secret", "supcon-mlflow"); // this MLflow asks for none
    awaitQuota();
  }

  /** Until it counts experiments, whose kind may be new, it admits none. */
  void awaitQuota() {
    until("the quota to know the kind", () -> in(COUNTED));
  }

  void remove() {
    Kubectl.run("delete", "namespace", namespace, "--ignore-not-found");
  }

  /** kubectl in this namespace. */
  String in(String... arguments) {
    return Kubectl.run(
        Stream.concat(Stream.of("-n", namespace), Stream.of(arguments)).toArray(String[]::new));
  }

  /**
   * The small experiment, under another name.
   *
   * @param seed another gives other keys, so that nothing but the data is cached
   */
  Experiment experiment(String name, int seed) {
    try {
      return Experiment.apply(
          namespace,
          name,
          Files.readString(Path.of("src/test/resources/e2e/small.yaml"))
              .replace("name: small", "name: " + name)
              .replace("seed: 0", "seed: " + seed));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The UID of the pod that pretrains, once it runs. */
  String pretraining(Experiment experiment) {
    return until(
        "a pod that pretrains " + experiment.name(),
        () -> pretrainingPods(experiment, "--field-selector=status.phase=Running"));
  }

  /** The UIDs of the pods that pretrain or did. */
  String pretrainingPods(Experiment experiment, String... more) {
    String labels = "supcon.dev/step=pretrain,supcon.dev/experiment=" + experiment.name();
    String uids = "jsonpath={.items[*].metadata.uid}";
    return in(
        Stream.concat(Stream.of("get", "pods", "-l", labels, "-o", uids), Stream.of(more))
            .toArray(String[]::new));
  }

  void succeeds(Experiment experiment) {
    assertThat(experiment.untilFinished(PATIENCE).result())
        .as("%s", in("describe", "sce", experiment.name()))
        .isEqualTo(ExperimentStatus.Result.SUCCEEDED);
  }

  /** Waits until there are words, and returns them. */
  static String until(String what, Supplier<String> words) {
    for (long second = 0; second < PATIENCE.toSeconds(); second++) {
      String found = words.get();
      if (!found.isBlank()) {
        return found;
      }
      try {
        TimeUnit.SECONDS.sleep(1);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
    throw new AssertionError("waited in vain for " + what);
  }
}

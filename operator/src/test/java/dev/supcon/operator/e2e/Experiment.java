package dev.supcon.operator.e2e;

import static dev.supcon.operator.e2e.Installation.NAMESPACE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.supcon.contract.step.ContractJson;
import dev.supcon.contract.step.StepKey;
import dev.supcon.operator.api.Condition;
import dev.supcon.operator.api.ExperimentStatus;
import dev.supcon.services.store.Blob;
import dev.supcon.services.store.Lookup;
import dev.supcon.services.store.ObjectStore;
import dev.supcon.services.store.Progress;
import dev.supcon.services.store.StepStore;
import dev.supcon.services.store.Stores;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** An experiment in the cluster, as its user handles it. */
record Experiment(String namespace, String name) {

  /** Applies a manifest in team-a. */
  static Experiment apply(String name, String manifest) {
    return apply(NAMESPACE, name, manifest);
  }

  static Experiment apply(String namespace, String name, String manifest) {
    Kubectl.feed(manifest, "-n", namespace, "apply", "-f", "-");
    return new Experiment(namespace, name);
  }

  String get(String path) {
    return Kubectl.run("-n", namespace, "get", "sce", name, "-o", "jsonpath={" + path + "}");
  }

  ExperimentStatus status() {
    try {
      return ContractJson.read(get(".status"), ExperimentStatus.class);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  ExperimentStatus until(Duration limit, Predicate<ExperimentStatus> wanted) {
    Instant end = Instant.now().plus(limit);
    ExperimentStatus last = status();
    while (!wanted.test(last)) {
      assertThat(Instant.now())
          .as("%s", Kubectl.run("-n", namespace, "describe", "sce", name))
          .isBefore(end);
      pause();
      last = status();
    }
    return last;
  }

  ExperimentStatus untilFinished(Duration limit) {
    return until(limit, status -> holds(status, "Finished"));
  }

  static boolean holds(ExperimentStatus status, String condition) {
    return status.condition(condition).filter(Condition::holds).isPresent();
  }

  /** What the step's pod says of itself in the store, as soon as it is that far. */
  Progress progress(String key, double fraction, Duration limit) {
    Instant end = Instant.now().plus(limit);
    try (ObjectStore store = Stores.open("s3://supcon/" + namespace)) {
      StepStore step = new StepStore(store, new StepKey(key));
      Optional<Progress> said = step.progress();
      while (said.filter(progress -> progress.fraction() >= fraction).isEmpty()) {
        assertThat(Instant.now()).as("%s", said).isBefore(end);
        pause();
        said = step.progress();
      }
      return said.orElseThrow();
    }
  }

  /** SHA-256 of the encoder in the store. */
  String encoder() {
    String key = status().step("pretrain").orElseThrow().key();
    try (ObjectStore store = Stores.open("s3://supcon/" + namespace)) {
      assertThat(new StepStore(store, new StepKey(key)).verify()).isInstanceOf(Lookup.Hit.class);
      return ((Lookup.Hit) new StepStore(store, new StepKey(key)).lookup())
          .manifest().blobs().stream()
              .filter(blob -> blob.name().equals("encoder.safetensors"))
              .map(Blob::sha256)
              .findFirst()
              .orElseThrow();
    }
  }

  /** Deletes it and waits until nothing is left of it. */
  void delete() {
    Kubectl.run("-n", namespace, "delete", "sce", name, "--ignore-not-found");
    for (int second = 0; second < 180 && !leftovers().isBlank(); second++) {
      pause();
    }
    assertThat(leftovers()).isBlank();
  }

  private String leftovers() {
    String label = "supcon.dev/experiment=" + name;
    return Kubectl.run(
        "-n", namespace, "get", "jobs,pods", "--ignore-not-found", "-l", label, "-o", "name");
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(500);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}

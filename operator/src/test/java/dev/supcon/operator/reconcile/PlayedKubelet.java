package dev.supcon.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.supcon.contract.step.ContractJson;
import dev.supcon.contract.step.StepKey;
import dev.supcon.contract.step.StepOrder;
import dev.supcon.contract.step.StepReport;
import dev.supcon.contract.step.StepRequest;
import dev.supcon.operator.api.Labels;
import dev.supcon.services.store.Lookup;
import dev.supcon.services.store.ObjectStore;
import dev.supcon.services.store.Outcome;
import dev.supcon.services.store.StepStore;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Plays the kubelet and the step: on a control plane without nodes, pods run, write their result
 * into the store and end, as a script says.
 */
final class PlayedKubelet implements AutoCloseable {
  private final KubernetesClient client;
  private final String namespace;
  private final ObjectStore store;
  private final Path scratch;
  private final Map<String, Queue<Act>> script = new ConcurrentHashMap<>();
  private final Set<String> begun = ConcurrentHashMap.newKeySet();
  private final Queue<String> acted = new ConcurrentLinkedQueue<>();
  private final Thread thread;
  private volatile boolean closed;

  /** What a pod does. */
  enum Act {
    /** Writes its result and ends with 0. */
    SUCCEED,
    /** Runs until it is told otherwise. */
    RUN,
    /** Ends with 0 and leaves no result. */
    LIE,
    /** Ends with 64: another try would end alike. */
    REFUSE,
    /** Ends with 1. */
    FAIL,
    /** Runs, is evicted, and ends with 143. */
    EVICTED
  }

  PlayedKubelet(KubernetesClient client, String namespace, ObjectStore store, Path scratch) {
    this.client = client;
    this.namespace = namespace;
    this.store = store;
    this.scratch = scratch;
    this.thread = Thread.ofPlatform().daemon().name("kubelet").start(this::play);
  }

  /** The next pods of that step do this; later ones succeed. */
  void next(String step, Act... acts) {
    script.computeIfAbsent(step, name -> new ConcurrentLinkedQueue<>()).addAll(List.of(acts));
  }

  /** The steps of all pods that ran, in their order. */
  List<String> acted() {
    return List.copyOf(acted);
  }

  List<Pod> pods() {
    return client.pods().inNamespace(namespace).withLabel(Labels.KEY).list().getItems();
  }

  private void play() {
    while (!closed) {
      try {
        pods().stream()
            .filter(pod -> !pod.getMetadata().getOwnerReferences().isEmpty())
            .forEach(this::play);
        Thread.sleep(250);
      } catch (KubernetesClientException ignored) {
        // a pod that went while we looked: the next round sees what is there
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void play(Pod pod) {
    boolean ended = Set.of("Succeeded", "Failed").contains(pod.getStatus().getPhase());
    if (pod.getMetadata().getDeletionTimestamp() != null) {
      if (!ended) {
        end(pod, 143);
      }
      client.resource(pod).withGracePeriod(0).delete();
    } else if (!ended && begun.add(pod.getMetadata().getUid())) {
      begin(pod);
    }
  }

  private void begin(Pod pod) {
    String step = pod.getMetadata().getLabels().getOrDefault(Labels.STEP, "");
    Act act = script.getOrDefault(step, new ConcurrentLinkedQueue<>()).poll();
    acted.add(step);
    write(pod, status(pod, "Running", running()));
    switch (act == null ? Act.SUCCEED : act) {
      case SUCCEED -> {
        publish(pod);
        end(pod, 0);
      }
      case RUN -> {}
      case LIE -> end(pod, 0);
      case REFUSE -> end(pod, 64);
      case FAIL -> end(pod, 1);
      case EVICTED ->
          client.pods().inNamespace(namespace).withName(pod.getMetadata().getName()).evict();
    }
  }

  private void end(Pod pod, int code) {
    ContainerState state =
        new ContainerStateBuilder()
            .withNewTerminated()
            .withExitCode(code)
            .withStartedAt(now())
            .withFinishedAt(now())
            .endTerminated()
            .build();
    write(pod, status(pod, code == 0 ? "Succeeded" : "Failed", state));
  }

  private static ContainerState running() {
    return new ContainerStateBuilder().withNewRunning().withStartedAt(now()).endRunning().build();
  }

  private static String now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static PodStatus status(Pod pod, String phase, ContainerState state) {
    return new PodStatusBuilder()
        .withPhase(phase)
        .addAllToConditions(disruption(pod))
        .addNewCondition()
        .withType("PodScheduled")
        .withStatus("True")
        .withLastTransitionTime(now())
        .endCondition()
        .addNewContainerStatus()
        .withName(pod.getSpec().getContainers().getFirst().getName())
        .withImage("none")
        .withImageID("none")
        .withReady(phase.equals("Running"))
        .withRestartCount(0)
        .withState(state)
        .endContainerStatus()
        .build();
  }

  /** As whoever evicted it wrote it. */
  private static List<PodCondition> disruption(Pod pod) {
    return pod.getStatus().getConditions().stream()
        .filter(condition -> condition.getType().equals("DisruptionTarget"))
        .toList();
  }

  private void write(Pod pod, PodStatus status) {
    client
        .pods()
        .inNamespace(namespace)
        .withName(pod.getMetadata().getName())
        .editStatus(there -> new PodBuilder(there).withStatus(status).build());
  }

  /** As the runner does: inputs are read, the result is published under the request's key. */
  private void publish(Pod pod) {
    StepRequest request = order(pod).request();
    Map<StepKey, String> inputs = new HashMap<>();
    for (StepKey input : request.header().inputs().values()) {
      assertThat(new StepStore(store, input).lookup())
          .as("input of %s", request.header().name())
          .isInstanceOfSatisfying(Lookup.Hit.class, hit -> inputs.put(input, hit.digest()));
    }
    try {
      Path files = Files.createTempDirectory(scratch, "result");
      Files.writeString(files.resolve("result"), request.header().key().hex());
      StepReport report =
          new StepReport(
              request.kind(), Map.of(request.kind().word() + ".seen", 1.0), Map.of(), 1.0);
      new StepStore(store, request.header().key())
          .publish(pod.getMetadata().getUid(), files, new Outcome(report, inputs, List.of()));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static StepOrder order(Pod pod) {
    try {
      return ContractJson.read(
          pod.getMetadata().getAnnotations().getOrDefault("supcon.dev/order", ""), StepOrder.class);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }
}

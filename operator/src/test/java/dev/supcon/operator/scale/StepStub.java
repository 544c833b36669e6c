package dev.supcon.operator.scale;

import dev.supcon.contract.step.ContractJson;
import dev.supcon.contract.step.StepHeader;
import dev.supcon.contract.step.StepKey;
import dev.supcon.contract.step.StepOrder;
import dev.supcon.contract.step.StepReport;
import dev.supcon.contract.step.StepRequest;
import dev.supcon.services.store.ObjectStore;
import dev.supcon.services.store.Outcome;
import dev.supcon.services.store.StepStore;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Plays the step: kwok has a namespace's pods run, and each that runs publishes its result and then
 * ends with 0. Pods end here and not by a stage of kwok, so that none ends before its result is
 * there.
 */
final class StepStub implements ResourceEventHandler<Pod>, AutoCloseable {
  private static final int AT_ONCE = 8;

  private final KubernetesClient client;
  private final ObjectStore store;
  private final Path scratch;
  private final SharedIndexInformer<Pod> pods;
  private final Set<String> begun = ConcurrentHashMap.newKeySet();
  private final Map<String, Long> ended = new ConcurrentHashMap<>();
  private final Map<StepKey, String> published = new ConcurrentHashMap<>();
  private final ExecutorService work = Executors.newFixedThreadPool(AT_ONCE);

  StepStub(KubernetesClient client, String namespace, ObjectStore store, Path scratch) {
    this.client = client;
    this.store = store;
    this.scratch = scratch;
    this.pods = client.pods().inNamespace(namespace).inform(this);
  }

  @Override
  public void onAdd(Pod pod) {
    if ("Running".equals(pod.getStatus().getPhase()) && begun.add(pod.getMetadata().getUid())) {
      work.execute(() -> run(pod));
    }
  }

  @Override
  public void onUpdate(Pod before, Pod pod) {
    onAdd(pod);
  }

  @Override
  public void onDelete(Pod pod, boolean unknown) {}

  private void run(Pod pod) {
    publish(pod);
    end(pod);
    String job = pod.getMetadata().getLabels().getOrDefault("batch.kubernetes.io/job-name", "");
    ended.put(job, System.nanoTime());
  }

  /** When each Job's pod had ended, as {@link System#nanoTime} says it. */
  Map<String, Long> ended() {
    return Map.copyOf(ended);
  }

  private void publish(Pod pod) {
    StepRequest request = order(pod).request();
    StepHeader header = request.header();
    Map<StepKey, String> inputs = new HashMap<>();
    header.inputs().values().forEach(key -> inputs.put(key, published.getOrDefault(key, "")));
    try {
      Path files = Files.createTempDirectory(scratch, "result");
      Files.writeString(files.resolve("result"), header.key().hex());
      StepReport report =
          new StepReport(
              request.kind(), Map.of(request.kind().word() + ".seen", 1.0), Map.of(), 1.0);
      published.put(
          header.key(),
          new StepStore(store, header.key())
              .publish(pod.getMetadata().getUid(), files, new Outcome(report, inputs, List.of()))
              .digest());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static StepOrder order(Pod pod) {
    try {
      return ContractJson.read(
          pod.getMetadata().getAnnotations().getOrDefault("supcon.dev/order", ""), StepOrder.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** With the fields that somebody reads, in one write as kwok's own. */
  private void end(Pod pod) {
    String status =
        """
        {"status":{"phase":"Succeeded","containerStatuses":[{"name":"%s","image":"none","imageID":"none",
        "ready":false,"restartCount":0,"state":{"terminated":{"exitCode":0,"reason":"Completed",
        "startedAt":"%s","finishedAt":"%s"}}}]}}
        """
            .formatted(
                pod.getSpec().getContainers().getFirst().getName(),
                pod.getStatus().getStartTime(),
                Instant.now().truncatedTo(ChronoUnit.SECONDS));
    client.resource(pod).subresource("status").patch(PatchContext.of(PatchType.JSON_MERGE), status);
  }

  /** How many steps have their result. */
  int published() {
    return published.size();
  }

  @Override
  public void close() {
    pods.close();
    work.shutdown();
    try {
      var unused = work.awaitTermination(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

package dev.supcon.operator.e2e;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Which pods of steps acted from when to when, by a watch of our own. */
final class Acting implements ResourceEventHandler<Pod>, AutoCloseable {
  private final KubernetesClient client = new KubernetesClientBuilder().build();
  private final Map<String, Time> times = new ConcurrentHashMap<>();

  /**
   * Of one pod.
   *
   * @param key label of the step
   * @param from start of its container
   * @param to end of its container, or when the pod was gone; null: it acts
   */
  record Time(String pod, String key, Instant from, @Nullable Instant to) {
    boolean at(Instant instant) {
      return !from.isAfter(instant) && (to == null || !to.isBefore(instant));
    }
  }

  Acting() {
    client.pods().inNamespace(Installation.NAMESPACE).withLabel("supcon.dev/key").inform(this);
  }

  @Override
  public void onAdd(Pod pod) {
    see(pod, false);
  }

  @Override
  public void onUpdate(Pod old, Pod pod) {
    see(pod, false);
  }

  @Override
  public void onDelete(Pod pod, boolean unknown) {
    see(pod, true);
  }

  private void see(Pod pod, boolean gone) {
    String uid = pod.getMetadata().getUid();
    String key = pod.getMetadata().getLabels().getOrDefault("supcon.dev/key", "");
    pod.getStatus().getContainerStatuses().stream()
        .findFirst()
        .flatMap(container -> time(uid, key, container))
        .ifPresent(time -> times.put(uid, time));
    if (gone) {
      times.computeIfPresent(
          uid,
          (name, time) ->
              time.to() == null ? new Time(name, time.key(), time.from(), Instant.now()) : time);
    }
  }

  private static Optional<Time> time(String uid, String key, ContainerStatus container) {
    if (container.getState().getRunning() != null) {
      String from = container.getState().getRunning().getStartedAt();
      return Optional.of(new Time(uid, key, Instant.parse(from), null));
    }
    return Optional.ofNullable(container.getState().getTerminated())
        .filter(ended -> ended.getStartedAt() != null)
        .map(
            ended ->
                new Time(
                    uid,
                    key,
                    Instant.parse(ended.getStartedAt()),
                    Instant.parse(ended.getFinishedAt())));
  }

  /** Of the step whose key that is, in their order. */
  List<Time> of(String key) {
    return times.values().stream()
        .filter(time -> key.startsWith(time.key()))
        .sorted(Comparator.comparing(Time::from))
        .toList();
  }

  /** Pairs of pods of that step that acted at the same time. */
  List<String> overlaps(String key) {
    List<String> found = new ArrayList<>();
    List<Time> ordered = of(key);
    for (int next = 1; next < ordered.size(); next++) {
      Time before = ordered.get(next - 1);
      if (before.to() == null || ordered.get(next).from().isBefore(before.to())) {
        found.add(before + " and " + ordered.get(next));
      }
    }
    return found;
  }

  @Override
  public void close() {
    client.close();
  }
}

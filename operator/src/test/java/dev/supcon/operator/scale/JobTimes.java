package dev.supcon.operator.scale;

import dev.supcon.operator.api.Labels;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;

/**
 * When a watch told of Jobs that they are there and that they are complete. Times of Kubernetes are
 * whole seconds; both ends of a step's latency are seen by the same watch instead.
 */
final class JobTimes implements ResourceEventHandler<Job>, AutoCloseable {
  /** Steps that must be done before; those that depend on nothing have no latency. */
  private static final Map<String, List<String>> AFTER =
      Map.of(
          "pretrain", List.of("augment"),
          "linear", List.of("augment", "pretrain"),
          "corruption", List.of("augment", "pretrain", "linear"),
          "transfer", List.of("augment", "pretrain"));

  private final Map<String, Seen> jobs = new ConcurrentHashMap<>(); // by name
  private final SharedIndexInformer<Job> watch;

  private record Seen(String job, String experiment, String kind, long created, long complete) {
    Seen completeAt(long time) {
      return new Seen(job, experiment, kind, created, time);
    }
  }

  JobTimes(KubernetesClient client, String namespace) {
    this.watch = client.batch().v1().jobs().inNamespace(namespace).inform(this);
  }

  @Override
  public void onAdd(Job job) {
    long now = System.nanoTime();
    String name = job.getMetadata().getName();
    Seen seen =
        jobs.computeIfAbsent(
            name,
            absent -> new Seen(name, label(job, Labels.EXPERIMENT), name.split("-", 2)[0], now, 0));
    if (seen.complete() == 0 && complete(job)) {
      jobs.put(name, seen.completeAt(now));
    }
  }

  @Override
  public void onUpdate(Job before, Job job) {
    onAdd(job);
  }

  @Override
  public void onDelete(Job job, boolean unknown) {}

  private static String label(Job job, String name) {
    return job.getMetadata().getLabels().getOrDefault(name, "");
  }

  private static boolean complete(Job job) {
    return job.getStatus() != null
        && job.getStatus().getConditions().stream()
            .anyMatch(
                condition ->
                    condition.getType().equals("Complete") && condition.getStatus().equals("True"));
  }

  int made() {
    return jobs.size();
  }

  long complete() {
    return jobs.values().stream().filter(seen -> seen.complete() > 0).count();
  }

  /** When the last one so far was complete, as {@link System#nanoTime} says it. */
  long last() {
    return jobs.values().stream().mapToLong(Seen::complete).max().orElse(0);
  }

  /** Seconds from the completion of the last step that a step waited for to its Job, ascending. */
  double[] sinceComplete() {
    return latencies(Seen::complete);
  }

  /**
   * The same from the end of that step's pod.
   *
   * @param ended when the pod of each Job had ended
   */
  double[] sinceEnd(Map<String, Long> ended) {
    return latencies(seen -> ended.getOrDefault(seen.job(), 0L));
  }

  private double[] latencies(ToLongFunction<Seen> end) {
    Map<String, Map<String, Seen>> byExperiment = new HashMap<>();
    jobs.values()
        .forEach(
            seen ->
                byExperiment
                    .computeIfAbsent(seen.experiment(), name -> new HashMap<>())
                    .put(seen.kind(), seen));
    return byExperiment.values().stream()
        .flatMap(
            steps ->
                steps.values().stream()
                    .filter(step -> AFTER.containsKey(step.kind()))
                    .map(step -> (step.created() - ready(step, steps, end)) / 1e9))
        .mapToDouble(Double::doubleValue)
        .sorted()
        .toArray();
  }

  private static long ready(Seen step, Map<String, Seen> steps, ToLongFunction<Seen> end) {
    return AFTER.getOrDefault(step.kind(), List.of()).stream()
        .map(steps::get)
        .mapToLong(end)
        .max()
        .orElseThrow();
  }

  @Override
  public void close() {
    watch.close();
  }
}

package dev.supcon.operator.reconcile;

import dev.supcon.contract.step.StepKey;
import dev.supcon.operator.api.Labels;
import dev.supcon.operator.observe.ClusterView;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** When the Jobs of a view ended. */
record JobEnds(Map<String, Instant> newestByKey) {
  private static final Set<String> ENDS = Set.of("Complete", "Failed");

  static JobEnds of(ClusterView cluster) {
    Map<String, Instant> newest = new HashMap<>();
    for (Job job : cluster.jobs()) {
      end(job).ifPresent(end -> newest.merge(key(job), end, JobEnds::later));
    }
    for (Pod pod : cluster.pods()) {
      end(pod).ifPresent(end -> newest.merge(key(pod), end, JobEnds::later));
    }
    return new JobEnds(newest);
  }

  private static String key(HasMetadata seen) {
    return seen.getMetadata().getLabels().getOrDefault(Labels.KEY, "");
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  /** When a Job ended, well or not; empty while it has not. */
  static Optional<Instant> end(Job job) {
    List<JobCondition> conditions =
        job.getStatus() == null ? List.of() : job.getStatus().getConditions();
    return conditions.stream()
        .filter(condition -> ENDS.contains(condition.getType()))
        .filter(condition -> "True".equals(condition.getStatus()))
        .map(JobEnds::at)
        .findFirst();
  }

  private static Instant at(JobCondition condition) {
    return time(condition.getLastTransitionTime());
  }

  /** A pod may end after its Job's condition is written. */
  private static Optional<Instant> end(Pod pod) {
    List<ContainerStatus> containers =
        pod.getStatus() == null ? List.of() : pod.getStatus().getContainerStatuses();
    return containers.stream()
        .filter(container -> container.getState() != null)
        .filter(container -> container.getState().getTerminated() != null)
        .map(container -> time(container.getState().getTerminated().getFinishedAt()))
        .max(Instant::compareTo);
  }

  private static Instant time(@Nullable String text) {
    try {
      return Instant.parse(String.valueOf(text));
    } catch (DateTimeParseException e) {
      return Instant.EPOCH;
    }
  }

  Optional<Instant> newest(StepKey key) {
    return Optional.ofNullable(newestByKey.get(Labels.key(key.hex())));
  }

  Optional<Instant> newest() {
    return newestByKey.values().stream().max(Instant::compareTo);
  }
}

package dev.supcon.operator.observe;

import dev.supcon.operator.api.Labels;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A pod of ours as we read it: whatever is missing or odd in it never stops a reader. */
record PodView(Pod pod) {
  private static final Set<String> ENDS = Set.of("Succeeded", "Failed");

  String uid() {
    return String.valueOf(pod.getMetadata().getUid());
  }

  /** UID of the Job that controls it. */
  Optional<String> job() {
    return JobView.controller(pod.getMetadata(), "Job").map(reference -> reference.getUid());
  }

  /** Name of that Job. */
  Optional<String> jobName() {
    return JobView.controller(pod.getMetadata(), "Job").map(reference -> reference.getName());
  }

  String key() {
    return JobView.key(pod.getMetadata());
  }

  int number() {
    return JobView.number(JobView.labels(pod.getMetadata())).orElse(0);
  }

  String experiment() {
    return JobView.labels(pod.getMetadata()).getOrDefault(Labels.EXPERIMENT, "");
  }

  String node() {
    return Optional.ofNullable(pod.getSpec()).map(spec -> spec.getNodeName()).orElse("");
  }

  Instant created() {
    return Times.read(pod.getMetadata().getCreationTimestamp()).orElse(Instant.EPOCH);
  }

  /** When it was to be gone: Kubernetes adds the grace period to the time of the request. */
  Optional<Instant> toBeGone() {
    return Times.read(pod.getMetadata().getDeletionTimestamp());
  }

  boolean ended() {
    return pod.getStatus() != null && ENDS.contains(String.valueOf(pod.getStatus().getPhase()));
  }

  Optional<PodCondition> condition(String type) {
    return pod.getStatus() == null
        ? Optional.empty()
        : JobView.listed(pod.getStatus().getConditions())
            .filter(condition -> type.equals(condition.getType()))
            .findFirst();
  }

  boolean disrupted() {
    return toBeGone().isPresent()
        || condition("DisruptionTarget")
            .filter(condition -> "True".equals(condition.getStatus()))
            .isPresent();
  }

  private Optional<ContainerStatus> container() {
    return pod.getStatus() == null
        ? Optional.empty()
        : JobView.listed(pod.getStatus().getContainerStatuses())
            .filter(status -> status.getState() != null)
            .findFirst();
  }

  /** When its container began to run, where it runs. */
  Optional<Instant> running() {
    return container()
        .map(status -> status.getState().getRunning())
        .flatMap(running -> Times.read(running.getStartedAt()));
  }

  Optional<ContainerStateWaiting> waiting() {
    return container().map(status -> status.getState().getWaiting());
  }

  Optional<ContainerStateTerminated> terminated() {
    return container().map(status -> status.getState().getTerminated());
  }

  /** Why a kubelet did not take it, where it never ran. */
  Optional<String> rejection() {
    return Optional.ofNullable(pod.getStatus())
        .filter(status -> status.getReason() != null)
        .map(status -> status.getReason() + ": " + status.getMessage());
  }

  /** From the moment it got its node to its end; empty while it has none. */
  Optional<Tenure> tenure() {
    return condition("PodScheduled")
        .filter(condition -> "True".equals(condition.getStatus()))
        .flatMap(condition -> Times.read(condition.getLastTransitionTime()))
        .map(from -> new Tenure(uid(), from, end(), gpus()));
  }

  private Optional<Instant> end() {
    if (!ended()) {
      return Optional.empty();
    }
    return terminated()
        .flatMap(terminated -> Times.read(terminated.getFinishedAt()))
        .or(
            () ->
                condition("Ready")
                    .flatMap(condition -> Times.read(condition.getLastTransitionTime())));
  }

  private int gpus() {
    Map<String, String> annotations = pod.getMetadata().getAnnotations();
    String text = annotations == null ? "0" : annotations.getOrDefault(Labels.GPUS, "0");
    return text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : 0;
  }
}

package dev.supcon.operator.observe;

import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.util.Optional;

/**
 * Why a pod's container does not run yet. The words are the scheduler's and the kubelet's: see
 * kubernetes pkg/kubelet/images/types.go and pkg/kubelet/kuberuntime/kuberuntime_container.go.
 */
record PendingPod(PendingReason reason, String message) {

  static PendingPod of(PodView pod) {
    Optional<PodCondition> unscheduled =
        pod.condition("PodScheduled").filter(condition -> "False".equals(condition.getStatus()));
    if (unscheduled.isPresent()) {
      return unscheduled(unscheduled.get());
    }
    return pod.waiting()
        .map(PendingPod::waiting)
        .orElse(new PendingPod(PendingReason.STARTING, "the pod is being started"));
  }

  private static PendingPod unscheduled(PodCondition condition) {
    String message = text(condition.getMessage(), "no node takes the pod");
    return "SchedulingGated".equals(condition.getReason())
        ? new PendingPod(PendingReason.QUOTA_WAIT, message)
        : new PendingPod(PendingReason.UNSCHEDULABLE, message);
  }

  private static PendingPod waiting(ContainerStateWaiting waiting) {
    String word = text(waiting.getReason(), "ContainerCreating");
    String message = word + ": " + text(waiting.getMessage(), "no message");
    return switch (word) {
      case "ErrImagePull",
          "ImagePullBackOff",
          "InvalidImageName",
          "ErrImageNeverPull",
          "ImageInspectError",
          "RegistryUnavailable",
          "SignatureValidationFailed" ->
          new PendingPod(PendingReason.IMAGE_PULL, message);
      case "CreateContainerConfigError",
          "CreateContainerError",
          "RunContainerError",
          "CreatePodSandboxError" ->
          new PendingPod(PendingReason.CONTAINER_CONFIG, message);
      default -> new PendingPod(PendingReason.STARTING, word);
    };
  }

  private static String text(@org.jspecify.annotations.Nullable String text, String otherwise) {
    return text == null || text.isBlank() ? otherwise : text;
  }
}

package dev.supcon.operator.api;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The rules of a Job's pod failure policy, in their order. They only classify: the rule's index
 * stays readable in the Job when the pod is gone.
 */
public enum FailureRule {
  /** Preempted, evicted, deleted with its node. */
  DISRUPTED,
  /** A checkpoint is committed, or SIGTERM came before there was one (128 + 15). */
  STOPPED,
  /** The request, the data or the surroundings are at fault. */
  REFUSED;

  /** Its place in the policy, as Kubernetes counts. */
  public int index() {
    return List.of(values()).indexOf(this);
  }

  /** The codes it is about; none: it is about the pod's {@code DisruptionTarget} condition. */
  public List<Integer> exitCodes() {
    return switch (this) {
      case DISRUPTED -> List.of();
      case STOPPED -> List.of(75, 143);
      case REFUSED -> IntStream.rangeClosed(64, 78).filter(code -> code != 75).boxed().toList();
    };
  }
}

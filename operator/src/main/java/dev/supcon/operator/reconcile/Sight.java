package dev.supcon.operator.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a reconcile reads of a Job or a pod. Most of the changes are of other things, such as the
 * finalizers and the counts by which the Job controller keeps its books; nobody is woken for them.
 */
final class Sight {
  private static final Set<String> READ = Set.of("Complete", "Failed", "Suspended");

  private Sight() {}

  /** Whether there is something to see in the object that was not in the one before. */
  static boolean changed(HasMetadata now, HasMetadata before) {
    return !meta(now.getMetadata()).equals(meta(before.getMetadata()))
        || !rest(now).equals(rest(before));
  }

  private static List<Object> meta(ObjectMeta meta) {
    return Arrays.asList(
        meta.getUid(), meta.getDeletionTimestamp(), meta.getLabels(), meta.getOwnerReferences());
  }

  private static List<Object> rest(HasMetadata seen) {
    return switch (seen) {
      case Job job -> ofJob(job);
      case Pod pod -> ofPod(pod);
      default -> List.of(seen);
    };
  }

  /** When it started is set with the end of its suspension, or before its pod appears. */
  private static List<Object> ofJob(Job job) {
    List<JobCondition> conditions =
        job.getStatus() == null ? List.of() : job.getStatus().getConditions();
    return Arrays.asList(
        Optional.ofNullable(job.getSpec()).map(spec -> spec.getSuspend()),
        conditions.stream().filter(condition -> READ.contains(condition.getType())).toList());
  }

  private static List<Object> ofPod(Pod pod) {
    return Arrays.asList(
        Optional.ofNullable(pod.getSpec()).map(spec -> spec.getNodeName()), pod.getStatus());
  }
}

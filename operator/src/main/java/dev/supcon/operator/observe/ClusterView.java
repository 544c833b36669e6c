package dev.supcon.operator.observe;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.List;

/**
 * What the caches hold of one namespace: Jobs of the plan's keys, whoever owns them, and all Jobs
 * of the experiment; and the pods of the same labels.
 */
public record ClusterView(List<Job> jobs, List<Pod> pods) {

  /** Copies both. */
  public ClusterView {
    jobs = List.copyOf(jobs);
    pods = List.copyOf(pods);
  }
}

package dev.supcon.operator.reconcile;

import dev.supcon.contract.plan.Plan;
import dev.supcon.contract.plan.PlannedStep;
import dev.supcon.operator.api.ExperimentStatus;
import dev.supcon.operator.api.Labels;
import dev.supcon.operator.mirror.EndedAttempt;
import dev.supcon.operator.observe.ClusterView;
import dev.supcon.operator.observe.Observation;
import dev.supcon.operator.observe.SeenStep;
import dev.supcon.operator.observe.StepState;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The attempts of an experiment's own Jobs, as the tracking server is to show them. Of a pod that
 * is gone nothing is known here; its run is neither, and so it is ended as killed.
 *
 * @param ended it is known how
 * @param live they act, or it is not yet known how they ended
 * @param pods names of all their pods by UID
 */
record Attempts(List<EndedAttempt> ended, Set<String> live, Map<String, String> pods) {
  static final Attempts NONE = new Attempts(List.of(), Set.of(), Map.of());

  /**
   * @param status says whose results count
   */
  static Attempts of(
      Subject subject, Plan plan, ClusterView cluster, Observation seen, ExperimentStatus status) {
    Map<String, PlannedStep> steps = new HashMap<>();
    plan.steps().forEach(step -> steps.put(Labels.key(step.key().hex()), step));
    List<EndedAttempt> ended = new ArrayList<>();
    Set<String> live = new HashSet<>();
    Map<String, String> pods = new HashMap<>();
    for (Pod pod : cluster.pods()) {
      Map<String, String> labels = pod.getMetadata().getLabels();
      Optional<PlannedStep> step = Optional.ofNullable(steps.get(labels.get(Labels.KEY)));
      if (step.isPresent() && Labels.value(subject.name()).equals(labels.get(Labels.EXPERIMENT))) {
        String uid = pod.getMetadata().getUid();
        pods.put(uid, pod.getMetadata().getName());
        how(pod, seen.step(step.get().name()), done(status, step.get()))
            .ifPresentOrElse(
                how -> ended.add(new EndedAttempt(step.get().name(), step.get().key(), uid, how)),
                () -> live.add(uid));
      }
    }
    return new Attempts(List.copyOf(ended), Set.copyOf(live), Map.copyOf(pods));
  }

  /** Names by UID of the pods that failed. */
  Map<String, String> failed() {
    Map<String, String> failed = new HashMap<>();
    ended.stream()
        .filter(attempt -> attempt.how() == EndedAttempt.How.FAILED)
        .forEach(
            attempt -> failed.put(attempt.attempt(), pods.getOrDefault(attempt.attempt(), "")));
    return failed;
  }

  private static boolean done(ExperimentStatus status, PlannedStep step) {
    return status.step(step.name()).filter(row -> row.state().done()).isPresent();
  }

  private static Optional<EndedAttempt.How> how(Pod pod, SeenStep seen, boolean done) {
    String phase = pod.getStatus() == null ? "" : String.valueOf(pod.getStatus().getPhase());
    return switch (phase) {
      case "Succeeded" -> done ? Optional.of(EndedAttempt.How.SUCCEEDED) : Optional.empty();
      case "Failed" ->
          seen.ended().stream()
              .filter(ended -> of(ended, pod.getMetadata().getUid()))
              .map(Attempts::how)
              .findFirst();
      default -> Optional.empty();
    };
  }

  private static boolean of(StepState.Ended ended, String pod) {
    return ended.attempt().tenure().filter(tenure -> tenure.pod().equals(pod)).isPresent();
  }

  private static EndedAttempt.How how(StepState.Ended ended) {
    return switch (ended) {
      case StepState.Resumable ignored -> EndedAttempt.How.KILLED;
      case StepState.Faulted ignored -> EndedAttempt.How.FAILED;
      case StepState.Refused ignored -> EndedAttempt.How.FAILED;
    };
  }
}

package dev.supcon.operator.observe;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A Job and its pods, oldest first, in the light of the last look into the store. */
record SeenJob(JobView view, List<PodView> pods, Result result, Instant now) {

  Attempt attempt() {
    return new Attempt(
        view.name(), view.number(), view.owner(), view.deleted(), pod().flatMap(PodView::tenure));
  }

  private Optional<PodView> pod() {
    return pods.isEmpty() ? Optional.empty() : Optional.of(pods.getLast());
  }

  /** Whether it has a pod that acts, or may get one. */
  boolean acts() {
    return view.end().isEmpty() || pods.stream().anyMatch(pod -> !pod.ended());
  }

  /** How it ended, where it did without a result. */
  Optional<StepState.Ended> ended() {
    return end().flatMap(this::ended);
  }

  private Optional<JobEnd> end() {
    return view.end().map(condition -> new JobEnd(condition, pod()));
  }

  StepState state(Optional<Progress> progress) {
    Optional<JobEnd> end = end();
    if (end.isPresent()) {
      return end.flatMap(this::ended)
          .<StepState>map(ended -> ended)
          .orElse(new StepState.Verifying(attempt()));
    }
    if (view.suspended()) {
      return suspended();
    }
    return pod()
        .map(pod -> acting(pod, progress))
        .orElseGet(() -> new StepState.Pending(attempt(), PendingReason.NO_POD, noPod(), began()));
  }

  /** Why the Job controller is refused a pod stands in its events alone, which nobody watches. */
  private String noPod() {
    return "its Job has no pod; while it stays so, a quota or an admission rule refuses it, as"
        + " kubectl describe job "
        + view.name()
        + " says";
  }

  private StepState suspended() {
    return view.queued()
        ? new StepState.Pending(
            attempt(), PendingReason.QUOTA_WAIT, "its Job waits in its queue", began())
        : new StepState.Suspended(attempt());
  }

  private StepState acting(PodView pod, Optional<Progress> progress) {
    Optional<StepState.Lost> lost = LostPod.of(pod, attempt(), now);
    if (lost.isPresent()) {
      return lost.get();
    }
    if (pod.ended()) {
      return new StepState.Verifying(attempt());
    }
    Optional<Progress> own = progress.filter(said -> said.pod().equals(pod.uid()));
    return pod.running()
        .or(() -> pod.terminated().map(terminated -> pod.created()))
        .<StepState>map(since -> new StepState.Running(attempt(), since, own))
        .orElseGet(() -> pending(pod));
  }

  private StepState pending(PodView pod) {
    PendingPod pending = PendingPod.of(pod);
    return new StepState.Pending(attempt(), pending.reason(), pending.message(), pod.created());
  }

  private Instant began() {
    return view.started().orElse(now);
  }

  /** Empty where a look into the store, later than the end, must come first. */
  private Optional<StepState.Ended> ended(JobEnd end) {
    if (end.refused()) {
      return Optional.of(new StepState.Refused(attempt(), end.at(), end.exitCode(), end.refusal()));
    }
    if (end.disrupted()) {
      return Optional.of(new StepState.Resumable(attempt(), end.at(), true, -1));
    }
    if (!end.complete() && !end.stopped()) {
      return Optional.of(new StepState.Faulted(attempt(), end.at(), end.fault()));
    }
    return lookedAtAfter(end.at())
        .map(
            miss ->
                end.stopped()
                    ? new StepState.Resumable(attempt(), end.at(), false, miss.checkpoint())
                    : new StepState.Faulted(
                        attempt(), end.at(), "exit code 0 without a result: " + miss.reason()));
  }

  private Optional<Result.Miss> lookedAtAfter(Instant end) {
    return result instanceof Result.Miss miss && miss.at().isAfter(end)
        ? Optional.of(miss)
        : Optional.empty();
  }
}

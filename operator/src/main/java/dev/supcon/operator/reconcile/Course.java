package dev.supcon.operator.reconcile;

import dev.supcon.contract.plan.Plan;
import dev.supcon.contract.plan.PlannedStep;
import dev.supcon.contract.step.StepKey;
import dev.supcon.operator.api.ExperimentStatus;
import dev.supcon.operator.decide.Decision;
import dev.supcon.operator.mirror.Told;
import dev.supcon.operator.observe.ClusterView;
import dev.supcon.operator.observe.Observation;
import dev.supcon.operator.observe.Observer;
import dev.supcon.operator.observe.StepState;
import dev.supcon.operator.status.Outlook;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One reconcile of an experiment that has a plan: from what is there to what should be there, in
 * one straight line. Whoever dies in between does no harm: names are deterministic, and what was
 * not done is seen again.
 */
final class Course {
  private final Works works;
  private final Caches caches;
  private final Subject subject;
  private final Grants grants;
  private final Resolution resolution;
  private final Plan plan;

  Course(Works works, Caches caches, Subject subject, Grants grants, Resolution resolution) {
    this.works = works;
    this.caches = caches;
    this.subject = subject;
    this.grants = grants;
    this.resolution = resolution;
    this.plan = works.readings().plan(subject.id(), resolution.experiment());
  }

  /**
   * @return when to look again, although nothing will happen that is heard of
   */
  Optional<Instant> run(StatusStep status) {
    ClusterView cluster = cluster();
    StoreLooks looks = new StoreLooks(works.mirror(), grants.whereabouts(), subject);
    Observation seen =
        Observer.observe(
            plan, cluster, looks.of(plan, resolution.madeAt(), cluster), subject.now());
    Decision decision =
        new Deciding(works, caches, subject, grants).decide(plan, resolution.madeAt(), seen);
    if (!new JobStarts(works, caches, subject, grants)
        .start(plan, resolution.pinned(), decision, cluster)) {
      return status.stale();
    }
    works.mirror().follow(subject.id(), grants.whereabouts(), running(seen));
    StatusStep.Written written =
        status.write(outlook(seen, decision), next -> told(cluster, seen, next), grants);
    if (written.stale()) {
      return written.again();
    }
    works.jobs().deleteAll(decision.stops(), cluster.jobs());
    return Stream.of(decision.lookAgain(), looks.again(), written.again())
        .flatMap(Optional::stream)
        .min(Instant::compareTo);
  }

  private ClusterView cluster() {
    Set<String> keys = Interests.labels(plan);
    works.interests().needs(subject.id(), keys);
    return caches.view(subject.id(), keys);
  }

  private Outlook outlook(Observation seen, Decision decision) {
    return new Outlook.Planned(resolution.pinned(), subject.execution(), plan, seen, decision);
  }

  private Set<StepKey> running(Observation seen) {
    return plan.steps().stream()
        .filter(step -> seen.step(step.name()).state() instanceof StepState.Running)
        .map(PlannedStep::key)
        .collect(Collectors.toSet());
  }

  private Told told(ClusterView cluster, Observation seen, ExperimentStatus next) {
    Attempts attempts = Attempts.of(subject, plan, cluster, seen, next);
    attempts.failed().forEach((uid, pod) -> works.mirror().keepLog(grants.whereabouts(), pod, uid));
    Map<String, String> params =
        works.readings().params(subject.id(), subject.experiment().getSpec());
    return works
        .mirror()
        .track(
            subject.id(),
            grants.whereabouts(),
            Runs.wish(subject, params, next, grants.whereabouts(), attempts));
  }

  /** Of an experiment that has ended, only the tracking server has still to hear. */
  void tell(StatusStep status) {
    ClusterView cluster = cluster();
    Observation seen = Observer.observe(plan, cluster, StoreLooks.NONE, subject.now());
    Told told = told(cluster, seen, subject.previous());
    status.tracked(Runs.tracking(told, subject.previous(), true, grants.whereabouts()));
  }
}

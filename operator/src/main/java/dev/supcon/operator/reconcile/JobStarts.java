package dev.supcon.operator.reconcile;

import dev.supcon.contract.plan.Plan;
import dev.supcon.operator.api.Labels;
import dev.supcon.operator.api.ResolvedStatus;
import dev.supcon.operator.config.StepRuntime;
import dev.supcon.operator.decide.Decision;
import dev.supcon.operator.decide.PlanHash;
import dev.supcon.operator.decide.RuntimeName;
import dev.supcon.operator.observe.ClusterView;
import dev.supcon.operator.render.JobOrder;
import dev.supcon.operator.render.JobRenderer;
import dev.supcon.operator.status.EventReason;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;

/** Makes the Jobs of the steps that start now. */
record JobStarts(Works works, Caches caches, Subject subject, Grants grants) {

  static String name(Decision.Start start) {
    return Labels.job(start.step().kind().word(), start.step().key().hex(), start.number());
  }

  /**
   * @return false when the experiment is not what was read any more: nothing was made
   */
  boolean start(Plan plan, ResolvedStatus resolved, Decision decision, ClusterView cluster) {
    if (!decision.starts().isEmpty() && !works.jobs().wanted(subject.experiment())) {
      decision.starts().forEach(start -> works.slots().giveBack(subject.namespace(), name(start)));
      return false;
    }
    for (Decision.Start start : decision.starts()) {
      start(order(start, resolved, PlanHash.of(plan)), start);
      JobEnds.of(cluster)
          .newest()
          .ifPresent(end -> works.journal().meters().latency(Duration.between(end, subject.now())));
    }
    return true;
  }

  private void start(JobOrder order, Decision.Start start) {
    try {
      Job there = works.jobs().create(JobRenderer.render(order));
      caches.made(there);
      if (subject.owns(there)) {
        works.journal().meters().started(start.step());
      } else {
        // nobody tells of a Job that is not of an experiment: the next number is tried at once
        works.slots().giveBack(subject.namespace(), name(start));
        works.wakes().wake(subject.id());
      }
    } catch (KubernetesClientException e) {
      works.slots().giveBack(subject.namespace(), name(start));
      works
          .journal()
          .say(
              subject,
              EventReason.STEP_PENDING,
              "Job %s is refused: %s".formatted(name(start), e.getMessage()));
      throw e;
    }
  }

  private JobOrder order(Decision.Start start, ResolvedStatus resolved, String planHash) {
    StepRuntime runtime = grants.runtime(subject.execution(), start.step());
    String image =
        resolved.image(RuntimeName.of(subject.execution(), start.step())).orElse(runtime.image());
    return new JobOrder(
        subject.experiment(),
        start.step(),
        start.number(),
        grants.tenant(),
        runtime,
        image,
        planHash);
  }
}

package dev.supcon.operator.reconcile;

import dev.supcon.contract.plan.Plan;
import dev.supcon.contract.plan.PlannedStep;
import dev.supcon.operator.api.Labels;
import dev.supcon.operator.config.StepRuntime;
import dev.supcon.operator.decide.Decision;
import dev.supcon.operator.decide.NextSteps;
import dev.supcon.operator.decide.PlanHash;
import dev.supcon.operator.decide.RuntimeName;
import dev.supcon.operator.decide.Terms;
import dev.supcon.operator.observe.ClusterView;
import dev.supcon.operator.observe.Observation;
import dev.supcon.operator.render.JobOrder;
import dev.supcon.operator.render.JobRenderer;
import dev.supcon.operator.status.EventReason;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/** Decides which steps start now, and makes their Jobs. */
record JobStarts(
    Works works, Caches caches, Subject subject, Grants grants, Resolution resolution) {

  /** Slots are counted and taken as one: no two experiments get the same one. */
  Decision decide(Plan plan, Observation seen) {
    Slots slots = works.slots();
    synchronized (slots) {
      int free =
          slots.free(
              subject.namespace(),
              grants.tenant().maxActiveSteps(),
              caches.jobs(subject.namespace()));
      Decision decision =
          NextSteps.decide(plan, seen, subject.previous(), terms(plan, free), subject.now());
      decision.starts().forEach(start -> slots.take(subject.namespace(), name(start)));
      return decision;
    }
  }

  private Terms terms(Plan plan, int free) {
    Map<String, Integer> stallSeconds =
        plan.steps().stream()
            .collect(
                Collectors.toMap(
                    PlannedStep::name,
                    step -> grants.runtime(subject.execution(), step).stallSeconds()));
    return new Terms(
        subject.uid(),
        subject.execution(),
        resolution.madeAt(),
        works.neighbours().leaders(subject, plan, caches.experiments(subject.namespace())),
        free,
        stallSeconds);
  }

  private static String name(Decision.Start start) {
    return Labels.job(start.step().kind().word(), start.step().key().hex(), start.number());
  }

  void start(Plan plan, Decision decision, ClusterView cluster) {
    for (Decision.Start start : decision.starts()) {
      start(start, PlanHash.of(plan));
      JobEnds.of(cluster)
          .newest()
          .ifPresent(
              end -> works.journal().meters().latency(Duration.between(end, subject.now())));
    }
  }

  private void start(Decision.Start start, String planHash) {
    try {
      caches.made(works.jobs().create(JobRenderer.render(order(start, planHash))));
      works.journal().meters().started(start.step());
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

  private JobOrder order(Decision.Start start, String planHash) {
    StepRuntime runtime = grants.runtime(subject.execution(), start.step());
    String image =
        resolution
            .pinned()
            .image(RuntimeName.of(subject.execution(), start.step()))
            .orElse(runtime.image());
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

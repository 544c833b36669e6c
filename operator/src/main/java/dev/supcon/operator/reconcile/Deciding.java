package dev.supcon.operator.reconcile;

import dev.supcon.contract.plan.Plan;
import dev.supcon.contract.plan.PlannedStep;
import dev.supcon.operator.decide.Decision;
import dev.supcon.operator.decide.NextSteps;
import dev.supcon.operator.decide.Terms;
import dev.supcon.operator.observe.Observation;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;

/** Has it decided what to do, on the terms of this moment: leaders, free slots, runtimes. */
record Deciding(Works works, Caches caches, Subject subject, Grants grants) {

  /** Slots are counted and taken as one: no two experiments get the same one. */
  Decision decide(Plan plan, Instant resolvedAt, Observation seen) {
    Slots slots = works.slots();
    synchronized (slots) {
      int free =
          slots.free(
              subject.namespace(),
              grants.tenant().maxActiveSteps(),
              caches.jobs(subject.namespace()));
      Terms terms =
          new Terms(
              subject.uid(),
              subject.execution(),
              resolvedAt,
              works.neighbours().leaders(subject, plan, caches.experiments(subject.namespace())),
              free,
              stallSeconds(plan));
      Decision decision = NextSteps.decide(plan, seen, subject.previous(), terms, subject.now());
      decision.starts().forEach(start -> slots.take(subject.namespace(), JobStarts.name(start)));
      return decision;
    }
  }

  private Map<String, Integer> stallSeconds(Plan plan) {
    return plan.steps().stream()
        .collect(
            Collectors.toMap(
                PlannedStep::name,
                step -> grants.runtime(subject.execution(), step).stallSeconds()));
  }
}

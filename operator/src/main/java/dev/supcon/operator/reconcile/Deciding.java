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

  /**
   * Slots are counted and taken as one: no two experiments get the same one. They are counted only
   * where something would start, because that takes a look at every active Job of the namespace.
   */
  Decision decide(Plan plan, Instant resolvedAt, Observation seen) {
    Terms unlimited = terms(plan, resolvedAt, Integer.MAX_VALUE);
    Decision wish = NextSteps.decide(plan, seen, subject.previous(), unlimited, subject.now());
    if (wish.starts().isEmpty()) {
      return wish;
    }
    Slots slots = works.slots();
    synchronized (slots) {
      int free = slots.free(subject.namespace(), grants.tenant().maxActiveSteps(), caches);
      Terms terms = terms(plan, resolvedAt, free);
      Decision decision = NextSteps.decide(plan, seen, subject.previous(), terms, subject.now());
      decision.starts().forEach(start -> slots.take(subject.namespace(), JobStarts.name(start)));
      return decision;
    }
  }

  private Terms terms(Plan plan, Instant resolvedAt, int freeSlots) {
    return new Terms(
        subject.uid(),
        subject.execution(),
        resolvedAt,
        works.neighbours().leaders(subject, plan, caches),
        freeSlots,
        stallSeconds(plan));
  }

  private Map<String, Integer> stallSeconds(Plan plan) {
    return plan.steps().stream()
        .collect(
            Collectors.toMap(
                PlannedStep::name,
                step -> grants.runtime(subject.execution(), step).stallSeconds()));
  }
}

package dev.supcon.operator.status;

import dev.supcon.operator.api.ExperimentStatus.Result;
import dev.supcon.operator.api.StepStatus;
import dev.supcon.operator.api.StepStatus.State;
import dev.supcon.operator.decide.Failure;
import dev.supcon.operator.observe.PendingReason;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The conditions of an experiment that has a plan. */
final class PlannedConditions {
  private static final Set<String> DEADLINES =
      Set.of(Failure.Reason.PENDING_DEADLINE.word(), Failure.Reason.RUNNING_DEADLINE.word());

  /** The most telling state first. */
  private static final List<Map.Entry<State, ConditionReason>> TELLING =
      List.of(
          Map.entry(State.NODE_LOST, ConditionReason.STALLED),
          Map.entry(State.RUNNING, ConditionReason.RUNNING),
          Map.entry(State.VERIFYING, ConditionReason.RUNNING),
          Map.entry(State.PENDING, ConditionReason.PENDING),
          Map.entry(State.SUSPENDED, ConditionReason.SUSPENDED),
          Map.entry(State.WAITING, ConditionReason.WAITING),
          Map.entry(State.FAILED, ConditionReason.STALLED));

  private final Outlook.Planned planned;
  private final StepTable table;
  private final ConditionList conditions;

  PlannedConditions(Outlook.Planned planned, StepTable table, ConditionList conditions) {
    this.planned = planned;
    this.table = table;
    this.conditions = conditions;
  }

  void put() {
    @Nullable Result result = table.result(planned.decision().quiet());
    conditions.no(ConditionType.RECONCILING, ConditionReason.ACCEPTED, "the plan is made");
    stalled();
    quota();
    if (result == null) {
      suspended();
      unfinished();
    } else {
      conditions.no(ConditionType.SUSPENDED, ConditionReason.NOT_SUSPENDED, "it has ended");
      finished(result);
    }
  }

  private void stalled() {
    Optional<StepStatus> failed = table.first(State.FAILED);
    Optional<StepStatus> lost = table.first(State.NODE_LOST);
    if (failed.isPresent()) {
      conditions.yes(ConditionType.STALLED, reason(failed.get()), StepTable.line(failed.get()));
    } else if (lost.isPresent()) {
      conditions.yes(ConditionType.STALLED, ConditionReason.NODE_LOST, StepTable.line(lost.get()));
    } else {
      conditions.no(ConditionType.STALLED, ConditionReason.PROGRESSING, "it goes on by itself");
    }
  }

  private static ConditionReason reason(StepStatus failed) {
    return DEADLINES.contains(failed.reason())
        ? ConditionReason.DEADLINE_EXCEEDED
        : ConditionReason.STEP_FAILED;
  }

  private Optional<StepStatus> queued() {
    return table.firstBecause(PendingReason.QUOTA_WAIT.word());
  }

  private void quota() {
    Optional<StepStatus> queued = queued();
    if (queued.isPresent()) {
      conditions.no(
          ConditionType.QUOTA_RESERVED, ConditionReason.QUOTA_WAIT, StepTable.line(queued.get()));
    } else if (planned.execution().queue() == null) {
      conditions.yes(
          ConditionType.QUOTA_RESERVED, ConditionReason.NO_QUEUE, "the spec names no queue");
    } else {
      conditions.yes(
          ConditionType.QUOTA_RESERVED,
          ConditionReason.ADMITTED,
          "no Job waits in queue " + planned.execution().queue());
    }
  }

  private void suspended() {
    Optional<StepStatus> byHand = table.firstBecause("JobSuspended");
    Optional<StepStatus> queued = queued().filter(row -> table.first(State.RUNNING).isEmpty());
    if (planned.execution().suspend()) {
      suspendedByUser();
    } else if (byHand.isPresent()) {
      conditions.yes(
          ConditionType.SUSPENDED, ConditionReason.JOB_SUSPENDED, StepTable.line(byHand.get()));
    } else if (queued.isPresent()) {
      boolean ranBefore = queued.get().usage().runSeconds() > 0;
      conditions.yes(
          ConditionType.SUSPENDED,
          ranBefore ? ConditionReason.PREEMPTED : ConditionReason.QUEUED_BY_KUEUE,
          StepTable.line(queued.get()));
    } else {
      conditions.no(ConditionType.SUSPENDED, ConditionReason.NOT_SUSPENDED, "nothing is suspended");
    }
  }

  private void suspendedByUser() {
    if (planned.decision().quiet()) {
      conditions.yes(
          ConditionType.SUSPENDED,
          ConditionReason.SUSPENDED_BY_USER,
          "spec.execution.suspend is true");
    } else {
      conditions.no(
          ConditionType.SUSPENDED,
          ConditionReason.SUSPENDED_BY_USER,
          "the running step saves a checkpoint and stops");
    }
  }

  private void unfinished() {
    String message = "not every step has its result";
    conditions
        .no(ConditionType.COMPLETE, ConditionReason.NOT_FINISHED, message)
        .no(ConditionType.FAILED, ConditionReason.NOT_FINISHED, message);
    if (planned.execution().suspend()) {
      conditions.no(
          ConditionType.FINISHED, ConditionReason.SUSPENDED, "spec.execution.suspend is true");
    } else {
      now();
    }
  }

  /** A running step's words change all the time: the row of the step has them. */
  private void now() {
    for (Map.Entry<State, ConditionReason> telling : TELLING) {
      Optional<StepStatus> row = table.first(telling.getKey());
      if (row.isPresent()) {
        boolean runs = telling.getKey() == State.RUNNING;
        String message = runs ? row.get().name() : StepTable.line(row.get());
        conditions.no(ConditionType.FINISHED, telling.getValue(), message);
        return;
      }
    }
    conditions.no(
        ConditionType.FINISHED, ConditionReason.WAITING, "a Job that is not needed any more ends");
  }

  private void finished(Result result) {
    if (result == Result.SUCCEEDED) {
      conditions
          .yes(
              ConditionType.COMPLETE,
              ConditionReason.ALL_STEPS_SUCCEEDED,
              "every step has its result")
          .no(ConditionType.FAILED, ConditionReason.SUCCEEDED, "every step has its result")
          .yes(ConditionType.FINISHED, ConditionReason.SUCCEEDED, "every step has its result");
    } else {
      StepStatus failed = table.first(State.FAILED).orElseThrow();
      conditions
          .no(ConditionType.COMPLETE, ConditionReason.FAILED, StepTable.line(failed))
          .yes(ConditionType.FAILED, reason(failed), StepTable.line(failed))
          .yes(ConditionType.FINISHED, ConditionReason.FAILED, StepTable.line(failed));
    }
  }
}

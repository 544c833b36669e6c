package dev.supcon.operator.status;

import dev.supcon.operator.api.AttemptCounts;
import dev.supcon.operator.api.Condition;
import dev.supcon.operator.api.ExperimentStatus;
import dev.supcon.operator.api.StepStatus;
import dev.supcon.operator.api.StepStatus.State;
import dev.supcon.operator.observe.PendingReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What two statuses in a row have to tell; written once the second is stored. */
public final class StatusEvents {
  private final ExperimentStatus before;
  private final ExperimentStatus after;
  private final List<Told> told = new ArrayList<>();

  private StatusEvents(ExperimentStatus before, ExperimentStatus after) {
    this.before = before;
    this.after = after;
  }

  /** One event. */
  public record Told(EventReason reason, String message) {}

  /** In the order in which they are to be read. */
  public static List<Told> between(ExperimentStatus before, ExperimentStatus after) {
    StatusEvents events = new StatusEvents(before, after);
    events.spec();
    after.steps().forEach(events::step);
    events.whole();
    return List.copyOf(events.told);
  }

  private void spec() {
    stalled(ConditionReason.INVALID_SPEC, EventReason.SPEC_REJECTED);
    stalled(ConditionReason.NOT_CONFIGURED, EventReason.NOT_CONFIGURED);
    stalled(ConditionReason.DEPENDENCY_MISSING, EventReason.DEPENDENCY_MISSING);
    if (after.planHash() != null && !after.planHash().equals(before.planHash())) {
      tell(EventReason.PLANNED, "a plan of " + after.steps().size() + " steps");
    }
  }

  private void stalled(ConditionReason because, EventReason reason) {
    changed(ConditionType.STALLED)
        .filter(stalled -> stalled.reason().equals(because.word()))
        .ifPresent(stalled -> tell(reason, stalled.message()));
  }

  private void step(StepStatus row) {
    Optional<StepStatus> earlier =
        before.step(row.name()).filter(found -> found.key().equals(row.key()));
    attempts(row, earlier.map(StepStatus::attempts).orElse(AttemptCounts.NONE));
    boolean sameState = earlier.filter(found -> found.state() == row.state()).isPresent();
    boolean sameReason =
        sameState && earlier.filter(found -> found.reason().equals(row.reason())).isPresent();
    switch (row.state()) {
      case CACHED -> tellUnless(sameState, EventReason.STEP_CACHED, row.name());
      case SUCCEEDED -> tellUnless(sameState, EventReason.STEP_SUCCEEDED, row.name());
      case FAILED -> tellUnless(sameState, failure(row), StepTable.line(row));
      case NODE_LOST -> tellUnless(sameState, EventReason.NODE_LOST, StepTable.line(row));
      case PENDING -> pending(row, sameReason);
      case WAITING, RUNNING, VERIFYING, SUSPENDED, UNKNOWN -> {}
    }
  }

  private void attempts(StepStatus row, AttemptCounts earlier) {
    AttemptCounts counts = row.attempts();
    if (counts.preemptions() > earlier.preemptions()) {
      tell(EventReason.STEP_PREEMPTED, row.name());
    }
    if (counts.failures() > earlier.failures() && row.state() != State.FAILED) {
      tell(EventReason.STEP_FAULTED, StepTable.line(row));
    }
    if (counts.started() > earlier.started() && row.job() != null && row.leader() == null) {
      boolean first = counts.started() == 1;
      tell(
          first ? EventReason.STEP_STARTED : EventReason.STEP_RESUMED,
          row.name() + ": Job " + row.job());
    }
  }

  private void pending(StepStatus row, boolean sameReason) {
    if (row.reason().equals(PendingReason.QUOTA_WAIT.word())) {
      tellUnless(sameReason, EventReason.QUOTA_WAITING, row.name());
    } else if (!row.reason().equals(PendingReason.STARTING.word())
        && !row.reason().equals(PendingReason.NO_POD.word())) {
      tellUnless(sameReason, EventReason.STEP_PENDING, StepTable.line(row));
    }
  }

  private static EventReason failure(StepStatus row) {
    return row.reason().endsWith("Deadline")
        ? EventReason.DEADLINE_EXCEEDED
        : EventReason.STEP_FAILED;
  }

  private void whole() {
    turned(ConditionType.SUSPENDED, "True").ifPresent(on -> tell(EventReason.SUSPENDED, on));
    turned(ConditionType.SUSPENDED, "False")
        .filter(off -> was(ConditionType.SUSPENDED, "True"))
        .ifPresent(off -> tell(EventReason.RESUMED, off));
    changed(ConditionType.COMPLETE)
        .filter(Condition::holds)
        .ifPresent(complete -> tell(EventReason.COMPLETED, complete.message()));
    changed(ConditionType.FAILED)
        .filter(Condition::holds)
        .ifPresent(failed -> tell(EventReason.FAILED, failed.message()));
    turned(ConditionType.TRACKING_SYNCED, "False")
        .ifPresent(off -> tell(EventReason.TRACKER_UNREACHABLE, off));
    turned(ConditionType.TRACKING_SYNCED, "True")
        .filter(on -> was(ConditionType.TRACKING_SYNCED, "False"))
        .ifPresent(on -> tell(EventReason.TRACKER_SYNCED, on));
  }

  /** The message of a condition whose status is that one now and was not before. */
  private Optional<String> turned(ConditionType type, String status) {
    return after
        .condition(type.word())
        .filter(now -> now.status().equals(status) && !was(type, status))
        .map(Condition::message);
  }

  private boolean was(ConditionType type, String status) {
    return before.condition(type.word()).filter(then -> then.status().equals(status)).isPresent();
  }

  /** The condition, where its status or reason is not what it was. */
  private Optional<Condition> changed(ConditionType type) {
    Optional<Condition> earlier = before.condition(type.word());
    return after
        .condition(type.word())
        .filter(
            now ->
                earlier
                    .filter(then -> then.status().equals(now.status()))
                    .filter(then -> then.reason().equals(now.reason()))
                    .isEmpty());
  }

  private void tellUnless(boolean same, EventReason reason, String message) {
    if (!same) {
      tell(reason, message);
    }
  }

  private void tell(EventReason reason, String message) {
    told.add(new Told(reason, message));
  }
}

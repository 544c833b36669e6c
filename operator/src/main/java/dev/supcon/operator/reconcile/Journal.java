package dev.supcon.operator.reconcile;

import dev.supcon.operator.api.AttemptCounts;
import dev.supcon.operator.api.ExperimentStatus;
import dev.supcon.operator.api.StepStatus;
import dev.supcon.operator.status.EventReason;
import dev.supcon.operator.status.StatusEvents;
import dev.supcon.operator.trace.Traces;
import java.util.Optional;

/** What a changed status has to tell: events for people, numbers for Prometheus, and traces. */
record Journal(EventLog events, Meters meters, Traces traces) {

  /** Once the new status is stored. */
  void changed(Subject subject, ExperimentStatus next) {
    for (StatusEvents.Told told : StatusEvents.between(subject.previous(), next)) {
      say(subject, told.reason(), told.message());
      if (told.reason() == EventReason.SPEC_REJECTED) {
        meters.refusedSpec();
      }
    }
    next.steps().forEach(step -> count(subject, step));
    traces.changed(
        new Traces.Traced(subject.namespace(), subject.name(), subject.uid()),
        subject.previous(),
        next);
  }

  void say(Subject subject, EventReason reason, String message) {
    events.say(subject.experiment(), reason.type(), reason.word(), message);
  }

  private void count(Subject subject, StepStatus after) {
    Optional<StepStatus> same =
        subject.previous().step(after.name()).filter(row -> row.key().equals(after.key()));
    AttemptCounts tries = same.map(StepStatus::attempts).orElse(AttemptCounts.NONE);
    long gpuSeconds = same.map(row -> row.usage().gpuSeconds()).orElse(0L);
    ended(after.kind(), "Disruption", tries.preemptions(), after.attempts().preemptions());
    ended(after.kind(), "Resume", tries.resumes(), after.attempts().resumes());
    ended(after.kind(), "Fault", tries.failures(), after.attempts().failures());
    meters.gpuSeconds(subject.namespace(), after.kind(), after.usage().gpuSeconds() - gpuSeconds);
    if (same.filter(row -> row.state() == after.state()).isEmpty()) {
      entered(after);
    }
  }

  private void ended(String kind, String end, int before, int after) {
    for (int i = before; i < after; i++) {
      meters.attemptEnded(kind, end);
    }
  }

  private void entered(StepStatus step) {
    switch (step.state()) {
      case SUCCEEDED -> {
        meters.attemptEnded(step.kind(), "Done");
        meters.stepEnded(step.kind(), "Succeeded");
        meters.duration(step.kind(), step.usage().podSeconds());
      }
      case CACHED -> {
        meters.lookedUp(step.kind(), "Hit");
        meters.stepEnded(step.kind(), "Cached");
      }
      case FAILED -> {
        meters.attemptEnded(step.kind(), end(step));
        meters.stepEnded(step.kind(), "Failed");
      }
      case WAITING, PENDING, RUNNING, VERIFYING, SUSPENDED, NODE_LOST, UNKNOWN -> {}
    }
  }

  /** A fault is counted already. */
  private static String end(StepStatus failed) {
    return switch (failed.reason()) {
      case "PendingDeadline", "RunningDeadline" -> failed.reason();
      case "NoProgress" -> "Stuck";
      default -> "Refusal";
    };
  }
}

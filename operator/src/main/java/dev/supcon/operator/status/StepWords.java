package dev.supcon.operator.status;

import dev.supcon.operator.api.StepStatus.State;
import dev.supcon.operator.decide.Move;
import dev.supcon.operator.decide.Wait;
import dev.supcon.operator.observe.PendingReason;
import dev.supcon.operator.observe.Progress;
import dev.supcon.operator.observe.StepState;
import org.jspecify.annotations.Nullable;

/** Where a step stands and why, in words. */
record StepWords(State state, String reason, @Nullable String message) {

  static StepWords of(Move move, StepState seen) {
    return switch (move) {
      case Move.Done ignored -> new StepWords(State.SUCCEEDED, "ResultExists", null);
      case Move.Start ignored ->
          new StepWords(State.PENDING, PendingReason.STARTING.word(), "its Job is being made");
      case Move.Fail fail ->
          new StepWords(State.FAILED, fail.failure().reason().word(), fail.failure().message());
      case Move.Hold hold ->
          new StepWords(
              hold.why() == Wait.SUSPENDED ? State.SUSPENDED : State.WAITING,
              hold.why().word(),
              hold.message());
      case Move.Watch ignored -> watched(seen);
    };
  }

  private static StepWords watched(StepState seen) {
    return switch (seen) {
      case StepState.Pending pending ->
          new StepWords(State.PENDING, pending.reason().word(), pending.message());
      case StepState.Running running ->
          new StepWords(
              State.RUNNING, "Running", running.progress().map(Progress::doing).orElse(null));
      case StepState.Suspended ignored ->
          new StepWords(State.SUSPENDED, "JobSuspended", "somebody has suspended its Job");
      case StepState.Lost lost ->
          new StepWords(
              State.NODE_LOST,
              "NodeLost",
              "node "
                  + lost.node()
                  + " does not answer since "
                  + lost.since()
                  + "; take it out of service or bring it back");
      case StepState.Verifying ignored -> verifying();
      case StepState.Succeeded ignored -> verifying();
      case StepState.Waiting ignored -> verifying();
      case StepState.Ended ignored -> verifying();
    };
  }

  private static StepWords verifying() {
    return new StepWords(State.VERIFYING, "Verifying", "the store is asked for its result");
  }
}

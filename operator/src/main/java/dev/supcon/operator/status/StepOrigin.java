package dev.supcon.operator.status;

import dev.supcon.contract.plan.PlannedStep;
import dev.supcon.operator.api.Labels;
import dev.supcon.operator.decide.Move;
import dev.supcon.operator.observe.Attempt;
import dev.supcon.operator.observe.StepState;
import java.util.Optional;

/**
 * Whose Job a step has.
 *
 * @param job its name
 * @param leader the experiment that owns it, when that is another one
 */
record StepOrigin(Optional<String> job, Optional<String> leader) {

  static StepOrigin of(PlannedStep step, Move move, StepState seen) {
    if (move instanceof Move.Start start) {
      return new StepOrigin(
          Optional.of(Labels.job(step.kind().word(), step.key().hex(), start.number())),
          Optional.empty());
    }
    Optional<Attempt> attempt = attempt(seen);
    String self = step.request().header().experiment();
    return new StepOrigin(
        attempt.map(Attempt::job),
        attempt.map(found -> found.owner().name()).filter(name -> !name.equals(self)));
  }

  private static Optional<Attempt> attempt(StepState seen) {
    return switch (seen) {
      case StepState.Pending pending -> Optional.of(pending.attempt());
      case StepState.Running running -> Optional.of(running.attempt());
      case StepState.Verifying verifying -> Optional.of(verifying.attempt());
      case StepState.Suspended suspended -> Optional.of(suspended.attempt());
      case StepState.Lost lost -> Optional.of(lost.attempt());
      case StepState.Ended ended -> Optional.of(ended.attempt());
      case StepState.Waiting ignored -> Optional.empty();
      case StepState.Succeeded ignored -> Optional.empty();
    };
  }
}

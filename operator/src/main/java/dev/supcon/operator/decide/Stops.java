package dev.supcon.operator.decide;

import dev.supcon.contract.plan.Plan;
import dev.supcon.contract.plan.PlannedStep;
import dev.supcon.operator.observe.Attempt;
import dev.supcon.operator.observe.Observation;
import dev.supcon.operator.observe.StepState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which Jobs of an experiment have no reason to act any more. */
record Stops(
    Plan plan,
    Observation seen,
    Terms terms,
    Map<String, Move> moves,
    Map<String, StepAccount> accounts) {

  /** Names of the Jobs to delete; those that are being deleted already are left alone. */
  List<String> jobs() {
    return Stream.concat(unwanted(), seen.strays().stream().filter(this::own))
        .filter(attempt -> !attempt.ending())
        .map(Attempt::job)
        .sorted()
        .toList();
  }

  /** Whether no Job of the experiment's own acts for a step without a result, or for none. */
  boolean quiet() {
    return seen.strays().stream().noneMatch(this::own)
        && notDone().allMatch(step -> acting(step).isEmpty());
  }

  private Stream<Attempt> unwanted() {
    return notDone()
        .flatMap(
            step ->
                acting(step)
                    .filter(
                        attempt ->
                            unwanted(moves.get(step.name()), accounts.get(step.name()), attempt))
                    .stream());
  }

  private Stream<PlannedStep> notDone() {
    return plan.steps().stream().filter(step -> !(moves.get(step.name()) instanceof Move.Done));
  }

  private boolean own(Attempt attempt) {
    return attempt.isOf(terms.uid());
  }

  private static boolean unwanted(
      @Nullable Move move, @Nullable StepAccount account, Attempt attempt) {
    return move instanceof Move.Fail
        || (move instanceof Move.Hold hold && hold.why() == Wait.SUSPENDED)
        || (account != null && account.counts().counted() >= attempt.number());
  }

  private Optional<Attempt> acting(PlannedStep step) {
    return acting(seen.step(step.name()).state()).filter(this::own);
  }

  private static Optional<Attempt> acting(StepState state) {
    return switch (state) {
      case StepState.Pending pending -> Optional.of(pending.attempt());
      case StepState.Running running -> Optional.of(running.attempt());
      case StepState.Suspended suspended -> Optional.of(suspended.attempt());
      case StepState.Lost lost -> Optional.of(lost.attempt());
      case StepState.Waiting ignored -> Optional.empty();
      case StepState.Verifying ignored -> Optional.empty();
      case StepState.Succeeded ignored -> Optional.empty();
      case StepState.Ended ignored -> Optional.empty();
    };
  }
}

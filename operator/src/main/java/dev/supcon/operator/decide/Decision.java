package dev.supcon.operator.decide;

import dev.supcon.contract.plan.PlannedStep;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is to be done now. The order of the effects: make the Jobs of {@code starts}, write the
 * status, delete the Jobs of {@code stops}. Whoever dies in between does no harm: names are
 * deterministic, and what was not deleted is found again.
 *
 * @param moves by the step's name
 * @param accounts by the step's name
 * @param starts Jobs to make
 * @param stops names of Jobs to delete, all of them this experiment's own
 * @param quiet whether no Job of its own acts, but those whose result exists already
 * @param lookAgain when time alone will change something
 */
public record Decision(
    Map<String, Move> moves,
    Map<String, StepAccount> accounts,
    List<Start> starts,
    List<String> stops,
    boolean quiet,
    Optional<Instant> lookAgain) {

  /** A Job to make. */
  public record Start(PlannedStep step, int number) {}

  /** Copies all. */
  public Decision {
    moves = Map.copyOf(moves);
    accounts = Map.copyOf(accounts);
    starts = List.copyOf(starts);
    stops = List.copyOf(stops);
  }

  /**
   * A step's move.
   *
   * @throws IllegalArgumentException when there is none of that name
   */
  public Move move(String step) {
    return Optional.ofNullable(moves.get(step))
        .orElseThrow(() -> new IllegalArgumentException("no step " + step));
  }

  /**
   * A step's account.
   *
   * @throws IllegalArgumentException when there is none of that name
   */
  public StepAccount account(String step) {
    return Optional.ofNullable(accounts.get(step))
        .orElseThrow(() -> new IllegalArgumentException("no step " + step));
  }
}

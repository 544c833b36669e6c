package dev.supcon.operator.status;

import dev.supcon.contract.plan.PlannedStep;
import dev.supcon.operator.api.StepStatus;
import dev.supcon.operator.api.StepStatus.State;
import dev.supcon.operator.decide.Move;
import dev.supcon.operator.decide.StepAccount;
import dev.supcon.operator.decide.Wait;
import dev.supcon.operator.observe.StepState;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The row of one step.
 *
 * @param before its row of the same key
 */
record StepRow(
    PlannedStep step,
    Move move,
    StepState seen,
    StepAccount account,
    Optional<StepStatus> before,
    Instant now) {

  StepStatus status() {
    StepWords words = StepWords.of(move, seen);
    State state = state(words.state());
    StepPace pace = StepPace.of(seen, state, account.usage(), before);
    StepOrigin origin = StepOrigin.of(step, move, seen);
    return new StepStatus(
        step.name(),
        step.kind().word(),
        step.key().hex(),
        state,
        words.reason(),
        words.message(),
        account.counts(),
        account.usage(),
        pace.percent(),
        pace.etaSeconds(),
        origin.job().or(() -> before.map(StepStatus::job)).orElse(null),
        origin.leader().orElse(null),
        before.map(StepStatus::mlflowRun).orElse(null),
        move instanceof Move.Done done ? done.hit().manifest() : null,
        startedAt(origin, state),
        finishedAt(state));
  }

  /** A result that was there before this experiment acted for it is a cached one. */
  private State state(State said) {
    if (said != State.SUCCEEDED) {
      return said;
    }
    State earlier = before.map(StepStatus::state).orElse(State.WAITING);
    if (earlier.done()) {
      return earlier;
    }
    boolean idle = earlier == State.WAITING || earlier == State.FAILED;
    return idle && account.usage().runSeconds() == 0 ? State.CACHED : State.SUCCEEDED;
  }

  private @Nullable String startedAt(StepOrigin origin, State state) {
    return before
        .map(StepStatus::startedAt)
        .or(() -> origin.job().filter(job -> state != State.WAITING).map(job -> time()))
        .orElse(null);
  }

  private @Nullable String finishedAt(State state) {
    if (!state.done() && state != State.FAILED) {
      return null;
    }
    return before
        .filter(row -> row.state() == state)
        .map(StepStatus::finishedAt)
        .orElseGet(this::time);
  }

  private String time() {
    return now.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** Whether it will get no result, by itself or by what it reads from. */
  boolean hopeless() {
    return move instanceof Move.Fail
        || (move instanceof Move.Hold hold && hold.why() == Wait.DEPENDENCY_FAILED);
  }
}

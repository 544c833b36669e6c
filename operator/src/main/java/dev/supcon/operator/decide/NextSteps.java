package dev.supcon.operator.decide;

import dev.supcon.contract.plan.Plan;
import dev.supcon.contract.plan.PlannedStep;
import dev.supcon.operator.api.ExperimentStatus;
import dev.supcon.operator.api.StepStatus;
import dev.supcon.operator.observe.Attempt;
import dev.supcon.operator.observe.Observation;
import dev.supcon.operator.observe.Result;
import dev.supcon.operator.observe.SeenStep;
import dev.supcon.operator.observe.StepState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Decides on every step of a plan. What does not depend on a failed step goes on. */
public final class NextSteps {
  /** A slot of the namespace may become free without an event that reaches this experiment. */
  private static final Duration SLOT_POLL = Duration.ofSeconds(10);

  private final Observation seen;
  private final Terms terms;
  private final Instant now;
  private final Ledger ledger;
  private final Map<String, Move> moves = new LinkedHashMap<>();
  private final Map<String, StepAccount> accounts = new LinkedHashMap<>();
  private final List<Decision.Start> starts = new ArrayList<>();
  private final Alarm alarm;

  private NextSteps(Observation seen, Terms terms, Instant now) {
    this.seen = seen;
    this.terms = terms;
    this.now = now;
    this.ledger = new Ledger(terms, now);
    this.alarm = new Alarm(now);
  }

  /**
   * What to do now.
   *
   * @param previous the last status that was written
   */
  public static Decision decide(
      Plan plan, Observation seen, ExperimentStatus previous, Terms terms, Instant now) {
    NextSteps next = new NextSteps(seen, terms, now);
    plan.steps().forEach(step -> next.take(step, previous));
    Stops stops = new Stops(plan, seen, terms, next.moves, next.accounts);
    return new Decision(
        next.moves, next.accounts, next.starts, stops.jobs(), stops.quiet(), next.alarm.earliest());
  }

  private void take(PlannedStep step, ExperimentStatus previous) {
    Optional<StepStatus> before =
        previous.step(step.name()).filter(status -> status.key().equals(step.key().hex()));
    boolean sameTerms =
        previous.resolved() != null
            && previous.resolved().at().equals(terms.resolvedAt().toString());
    seen.step(step.name()).lostAt().ifPresent(alarm::at);
    StepAccount account = ledger.account(step, before, sameTerms, seen.step(step.name()));
    boolean idle = before.filter(row -> row.state() != StepStatus.State.WAITING).isEmpty();
    Move move = move(step, seen.step(step.name()), account, idle);
    if (move instanceof Move.Start start) {
      starts.add(new Decision.Start(step, start.number()));
      account = account.with(account.counts().withStarted(start.number()));
    }
    accounts.put(step.name(), account);
    moves.put(step.name(), move);
  }

  /**
   * @param idle whether nothing acted for it until now
   */
  private Move move(PlannedStep step, SeenStep now, StepAccount account, boolean idle) {
    if (now.state() instanceof StepState.Succeeded done) {
      return new Move.Done(done.hit());
    }
    if (account.failure().isPresent()) {
      return new Move.Fail(account.failure().get());
    }
    if (terms.execution().suspend()) {
      return new Move.Hold(Wait.SUSPENDED, "spec.execution.suspend is true");
    }
    return switch (now.state()) {
      case StepState.Pending pending -> pending(pending);
      case StepState.Running running -> running(step, running, account);
      case StepState.Verifying verifying -> verifying(verifying.attempt(), idle);
      case StepState.Suspended ignored -> new Move.Watch();
      case StepState.Lost ignored -> new Move.Watch();
      case StepState.Succeeded done -> new Move.Done(done.hit());
      case StepState.Waiting ignored -> start(step, now, account);
      case StepState.Ended ignored -> start(step, now, account);
    };
  }

  private Move pending(StepState.Pending pending) {
    if (pending.reason().counts() && pending.attempt().isOf(terms.uid())) {
      alarm.at(ledger.pendingDeadline(pending));
    }
    return new Move.Watch();
  }

  private Move running(PlannedStep step, StepState.Running running, StepAccount account) {
    if (account.counts().counted() >= running.attempt().number()) {
      return new Move.Hold(Wait.ENDING, "made no progress and is being stopped");
    }
    if (running.attempt().isOf(terms.uid())) {
      alarm.at(ledger.runningDeadline(running, account.usage()));
      ledger.stallDeadline(running, step).ifPresent(alarm::at);
    }
    return new Move.Watch();
  }

  private Move start(PlannedStep step, SeenStep now, StepAccount account) {
    Optional<Move> held =
        dependencies(step)
            .or(() -> store(now))
            .or(() -> occupied(now))
            .or(() -> leader(step))
            .or(() -> backoff(now, account))
            .or(this::slots);
    return held.orElseGet(() -> new Move.Start(account.counts().started() + 1));
  }

  /** What others left in the store was there before; they need not have left anything. */
  private Move verifying(Attempt attempt, boolean idle) {
    return idle && !attempt.isOf(terms.uid())
        ? new Move.Hold(Wait.STORE, "the store is asked what " + attempt.job() + " left there")
        : new Move.Watch();
  }

  private Optional<Move> dependencies(PlannedStep step) {
    for (String name : step.dependsOn()) {
      Move move = Optional.ofNullable(moves.get(name)).orElseGet(Move.Watch::new);
      boolean failed =
          move instanceof Move.Fail
              || (move instanceof Move.Hold hold && hold.why() == Wait.DEPENDENCY_FAILED);
      if (failed) {
        return held(Wait.DEPENDENCY_FAILED, "step " + name + " has failed");
      }
    }
    return step.dependsOn().stream()
        .filter(name -> !(moves.get(name) instanceof Move.Done))
        .findFirst()
        .flatMap(name -> held(Wait.DEPENDENCY, "waits for step " + name));
  }

  private static Optional<Move> store(SeenStep now) {
    return now.result() instanceof Result.Unknown unknown
        ? held(Wait.STORE, unknown.why())
        : Optional.empty();
  }

  private static Optional<Move> occupied(SeenStep now) {
    return now.occupied() ? held(Wait.ENDING, "an earlier pod still ends") : Optional.empty();
  }

  private Optional<Move> leader(PlannedStep step) {
    return Optional.ofNullable(terms.leaders().get(step.key()))
        .flatMap(leader -> held(Wait.LEADER, "experiment " + leader + " runs it"));
  }

  private Optional<Move> backoff(SeenStep state, StepAccount account) {
    return Backoff.until(state.state(), account.counts().failures())
        .filter(until -> until.isAfter(now))
        .flatMap(
            until -> {
              alarm.at(until);
              String fault = state.state() instanceof StepState.Faulted f ? f.message() : "";
              return held(Wait.BACKOFF, "is tried again at " + until + " after " + fault);
            });
  }

  private Optional<Move> slots() {
    if (starts.size() < terms.freeSlots()) {
      return Optional.empty();
    }
    alarm.at(now.plus(SLOT_POLL));
    return held(Wait.NAMESPACE_LIMIT, "the namespace has as many active steps as it may");
  }

  private static Optional<Move> held(Wait wait, String message) {
    return Optional.of(new Move.Hold(wait, message));
  }
}

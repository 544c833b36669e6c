package dev.supcon.operator.decide;

import dev.supcon.contract.plan.PlannedStep;
import dev.supcon.operator.api.AttemptCounts;
import dev.supcon.operator.api.StepStatus;
import dev.supcon.operator.api.Usage;
import dev.supcon.operator.observe.Attempt;
import dev.supcon.operator.observe.PendingReason;
import dev.supcon.operator.observe.SeenStep;
import dev.supcon.operator.observe.StepState;
import dev.supcon.operator.observe.Tenure;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Counts what has ended since the last status, each Job once: the status says up to which number.
 * Level-triggered: it needs no memory but the status.
 */
final class Ledger {
  static final int FRUITLESS = 3;
  private static final long STRIDE = 30; // so that a running pod does not change the status always

  private final Terms terms;
  private final Instant now;

  Ledger(Terms terms, Instant now) {
    this.terms = terms;
    this.now = now;
  }

  /**
   * The account of a step.
   *
   * @param previous of the same key; empty when it was never seen
   * @param sameTerms whether the previous status is about the same resolution of the spec
   */
  StepAccount account(
      PlannedStep step, Optional<StepStatus> previous, boolean sameTerms, SeenStep seen) {
    StepAccount account = used(opening(previous, sameTerms), seen);
    for (StepState.Ended ended : seen.ended()) {
      if (ended.attempt().number() > account.counts().counted()) {
        account = counted(account, ended);
      }
    }
    account = account.with(account.counts().withStarted(seen.newest()));
    return switch (seen.state()) {
      case StepState.Pending pending -> pending(account, pending, previous);
      case StepState.Running running -> running(account, running, step);
      case StepState.Succeeded ignored ->
          new StepAccount(account.counts(), account.usage(), Optional.empty());
      case StepState.Verifying ignored -> account;
      case StepState.Lost ignored -> account;
      case StepState.Waiting ignored -> account;
      case StepState.Suspended ignored -> account;
      case StepState.Ended ignored -> account;
    };
  }

  private static StepAccount opening(Optional<StepStatus> previous, boolean sameTerms) {
    if (previous.isEmpty()) {
      return new StepAccount(AttemptCounts.NONE, Usage.NONE, Optional.empty());
    }
    StepStatus status = previous.get();
    if (!sameTerms) {
      return new StepAccount(status.attempts().forgiven(), status.usage(), Optional.empty());
    }
    return new StepAccount(status.attempts(), status.usage(), failure(status));
  }

  /** What was final stays final when its Job is gone. */
  private static Optional<Failure> failure(StepStatus status) {
    if (status.state() != StepStatus.State.FAILED) {
      return Optional.empty();
    }
    for (Failure.Reason reason : Failure.Reason.values()) {
      if (reason.word().equals(status.reason())) {
        String message = status.message() == null ? "" : status.message();
        return Optional.of(new Failure(reason, message));
      }
    }
    return Optional.empty();
  }

  /** The pods of Jobs that were counted are in the sums already, but the newest may go on. */
  private StepAccount used(StepAccount account, SeenStep seen) {
    Usage usage = account.usage();
    for (Attempt attempt : seen.attempts()) {
      if (attempt.isOf(terms.uid()) && attempt.tenure().isPresent()) {
        Tenure tenure = attempt.tenure().get();
        boolean open = attempt.number() > account.counts().counted();
        if (open || tenure.pod().equals(usage.pod())) {
          usage = usage.with(tenure.pod(), seconds(tenure), tenure.gpus());
        }
      }
    }
    return account.with(usage);
  }

  private long seconds(Tenure tenure) {
    long seconds = tenure.seconds(now);
    return tenure.to().isPresent() ? seconds : seconds - seconds % STRIDE;
  }

  private StepAccount counted(StepAccount before, StepState.Ended ended) {
    AttemptCounts counts = before.counts().withCounted(ended.attempt().number());
    StepAccount account = before.with(counts);
    if (ended.at().isBefore(terms.resolvedAt())) {
      return account;
    }
    boolean own = ended.attempt().isOf(terms.uid());
    return switch (ended) {
      case StepState.Refused refused -> account.with(Failure.Reason.REFUSED, refused.message());
      case StepState.Resumable resumable -> own ? resumed(account, resumable) : account;
      case StepState.Faulted faulted -> own ? faulted(account, faulted.message()) : account;
    };
  }

  private static StepAccount resumed(StepAccount account, StepState.Resumable resumable) {
    if (resumable.disrupted()) {
      return account.with(account.counts().withPreemption());
    }
    AttemptCounts counts = account.counts().withResume(resumable.checkpoint());
    return counts.fruitless() < FRUITLESS
        ? account.with(counts)
        : account
            .with(counts)
            .with(
                Failure.Reason.NO_PROGRESS,
                "it asked " + FRUITLESS + " times to be resumed without a new checkpoint");
  }

  private StepAccount faulted(StepAccount before, String message) {
    StepAccount account = before.with(before.counts().withFailure());
    int failures = account.counts().failures();
    return failures <= terms.execution().retries()
        ? account
        : account.with(
            Failure.Reason.RETRIES_EXHAUSTED, failures + " faults, the last: " + message);
  }

  /** Kueue takes a Job's quota back without ending the Job. */
  private StepAccount pending(
      StepAccount before, StepState.Pending pending, Optional<StepStatus> previous) {
    boolean own = pending.attempt().isOf(terms.uid());
    boolean preempted =
        own
            && pending.reason() == PendingReason.QUOTA_WAIT
            && previous
                .filter(status -> status.state() == StepStatus.State.RUNNING)
                .filter(status -> pending.attempt().job().equals(status.job()))
                .isPresent();
    StepAccount account = preempted ? before.with(before.counts().withPreemption()) : before;
    return own && pending.reason().counts() && overdue(pendingDeadline(pending))
        ? account.with(
            Failure.Reason.PENDING_DEADLINE,
            "not started within %d s: %s: %s"
                .formatted(
                    terms.execution().pendingSeconds(), pending.reason().word(), pending.message()))
        : account;
  }

  Instant pendingDeadline(StepState.Pending pending) {
    return pending.since().plusSeconds(terms.execution().pendingSeconds());
  }

  private StepAccount running(StepAccount account, StepState.Running running, PlannedStep step) {
    Attempt attempt = running.attempt();
    if (!attempt.isOf(terms.uid())) {
      return account;
    }
    if (overdue(runningDeadline(running, account.usage()))) {
      return account.with(
          Failure.Reason.RUNNING_DEADLINE,
          "ran longer than %d s, all attempts together"
              .formatted(terms.execution().runningSeconds()));
    }
    boolean stalled =
        attempt.number() > account.counts().counted()
            && stallDeadline(running, step).filter(this::overdue).isPresent();
    return stalled
        ? faulted(
            account.with(account.counts().withCounted(attempt.number())),
            "no progress for %d s".formatted(terms.stallSeconds().get(step.name())))
        : account;
  }

  /** The operator's own sum over pods: what earlier ones took is taken off. */
  Instant runningDeadline(StepState.Running running, Usage usage) {
    Tenure tenure =
        running.attempt().tenure().orElse(new Tenure("", running.since(), Optional.empty(), 0));
    long here = tenure.pod().equals(usage.pod()) ? usage.podSeconds() : 0;
    long before = usage.runSeconds() - here;
    return tenure.from().plusSeconds(terms.execution().runningSeconds() - before);
  }

  Optional<Instant> stallDeadline(StepState.Running running, PlannedStep step) {
    int seconds = terms.stallSeconds().getOrDefault(step.name(), 0);
    Instant moved = running.progress().map(said -> said.at()).orElse(running.since());
    return seconds == 0 || running.attempt().ending()
        ? Optional.empty()
        : Optional.of(moved.plus(Duration.ofSeconds(seconds)));
  }

  private boolean overdue(Instant deadline) {
    return !now.isBefore(deadline);
  }
}

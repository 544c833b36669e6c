package dev.supcon.operator.mirror;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The way to one server: a few errands at a time, each within a limit, and while the server does
 * not answer one after a pause. A server that hangs holds up only those who need it.
 */
final class Line {
  private static final int AT_ONCE = 4;
  private static final Duration REFUSED_PAUSE = Duration.ofSeconds(60);

  private final Outside system;
  private final Duration limit;
  private final InstantSource clock;
  private final ScheduledExecutorService timer;
  private final CallMeters meters;
  private final Breaker breaker = new Breaker();
  private final Errands waiting = new Errands();
  private int running;
  private boolean alarm;

  Line(
      Outside system,
      Duration limit,
      InstantSource clock,
      ScheduledExecutorService timer,
      CallMeters meters) {
    this.system = system;
    this.limit = limit;
    this.clock = clock;
    this.timer = timer;
    this.meters = meters;
  }

  synchronized void send(Errand errand) {
    waiting.add(errand);
    pump();
  }

  synchronized boolean open() {
    return !breaker.closed();
  }

  synchronized int queue() {
    return waiting.size();
  }

  private synchronized void pump() {
    while (!waiting.isEmpty() && mayStart()) {
      Errand next = waiting.remove();
      if (next.wanted()) {
        running++;
        start(new Trip(next, clock.instant()));
      }
    }
    if (!waiting.isEmpty() && running == 0 && !alarm) {
      alarm = true;
      var unused = after(Duration.between(clock.instant(), breaker.nextTry()), this::tryAgain);
    }
  }

  private boolean mayStart() {
    return breaker.closed()
        ? running < AT_ONCE
        : running == 0 && !clock.instant().isBefore(breaker.nextTry());
  }

  private synchronized void tryAgain() {
    alarm = false;
    pump();
  }

  private void start(Trip trip) {
    Future<?> bell = after(limit, () -> settle(trip, late(), "timeout"));
    Thread.ofPlatform()
        .daemon()
        .name("mirror-" + system.word())
        .start(
            () -> {
              travel(trip);
              bell.cancel(false);
            });
  }

  private Optional<Trouble> late() {
    return Optional.of(
        new Trouble(
            Unknown.Why.UNREACHABLE, "No answer within %d s.".formatted(limit.toSeconds())));
  }

  private void travel(Trip trip) {
    Optional<Trouble> trouble =
        Optional.of(
            new Trouble(Unknown.Why.REFUSED, "The operator is at fault here; see its log."));
    String outcome = "failure";
    try {
      trip.errand().run();
      trouble = Optional.empty();
      outcome = "success";
    } catch (Trouble e) {
      trouble = Optional.of(e);
      outcome = e.why() == Unknown.Why.REFUSED ? "rejected" : "failure";
    } finally {
      settle(trip, trouble, outcome);
    }
  }

  /** The first word on a trip counts: it is back, or it takes too long. */
  private void settle(Trip trip, Optional<Trouble> trouble, String outcome) {
    if (!trip.settled().compareAndSet(false, true)) {
      return;
    }
    Instant now = clock.instant();
    meters.called(system, outcome, Duration.between(trip.began(), now));
    trouble.ifPresent(trip.errand()::troubled);
    settled(trip.errand(), trouble, now);
  }

  private synchronized void settled(Errand errand, Optional<Trouble> trouble, Instant now) {
    running--;
    if (trouble.isEmpty()) {
      breaker.answered();
    } else if (trouble.get().why() == Unknown.Why.REFUSED) {
      breaker.answered();
      var unused = after(REFUSED_PAUSE, () -> send(errand));
    } else {
      breaker.failed(now);
      waiting.addFirst(errand);
    }
    pump();
  }

  private Future<?> after(Duration pause, Runnable action) {
    return timer.schedule(action, Math.max(0, pause.toMillis()), TimeUnit.MILLISECONDS);
  }

  private record Trip(Errand errand, Instant began, AtomicBoolean settled) {
    Trip(Errand errand, Instant began) {
      this(errand, began, new AtomicBoolean());
    }
  }
}

package dev.supcon.operator.reconcile;

import dev.supcon.contract.plan.PlannedStep;
import dev.supcon.operator.mirror.Mirror;
import dev.supcon.operator.mirror.Outside;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** The operator's own numbers; their labels have few values. */
final class Meters {
  private static final Duration[] STEP_LATENCY =
      millis(100, 250, 500, 1000, 2000, 5000, 10_000, 30_000);
  private static final Duration[] CALLS =
      millis(50, 100, 250, 500, 1000, 2500, 5000, 10_000, 30_000);

  private final MeterRegistry registry;

  Meters(MeterRegistry registry) {
    this.registry = registry;
  }

  private static Duration[] millis(long... values) {
    Duration[] durations = new Duration[values.length];
    for (int i = 0; i < values.length; i++) {
      durations[i] = Duration.ofMillis(values[i]);
    }
    return durations;
  }

  void watch(Heartbeat heartbeat) {
    Gauge.builder(
            "supcon.watch.heartbeat.age", heartbeat, beat -> beat.pulse().age().toMillis() / 1e3)
        .baseUnit("seconds")
        .register(registry);
  }

  void watch(Mirror mirror) {
    for (Outside system : Outside.values()) {
      Gauge.builder("supcon.mirror.circuit.open", mirror, it -> it.lines().anyOpen(system) ? 1 : 0)
          .tag("system", system.word())
          .register(registry);
      Gauge.builder("supcon.mirror.queue", mirror, it -> it.lines().queue(system))
          .tag("system", system.word())
          .register(registry);
    }
  }

  /** A number that is 0 or 1: whether this replica acts, whether the configuration is good. */
  AtomicInteger flag(String name) {
    AtomicInteger flag = new AtomicInteger();
    Gauge.builder(name, flag, AtomicInteger::get).strongReference(true).register(registry);
    return flag;
  }

  void version(String version) {
    Gauge.builder("supcon.version", () -> 1).tag("version", version).register(registry);
  }

  void called(Outside system, String outcome, Duration took) {
    Timer.builder("supcon.mirror.calls")
        .tag("system", system.word())
        .tag("outcome", outcome)
        .serviceLevelObjectives(CALLS)
        .register(registry)
        .record(took);
  }

  void configuration(boolean accepted) {
    registry
        .counter("supcon.config.reloads", "outcome", accepted ? "accepted" : "refused")
        .increment();
  }

  void refusedSpec() {
    registry.counter("supcon.experiments.refused").increment();
  }

  void started(PlannedStep step) {
    registry.counter("supcon.jobs.started", "kind", step.kind().word()).increment();
  }

  void attemptEnded(String kind, String end) {
    registry.counter("supcon.attempts", "kind", kind, "end", end).increment();
  }

  void stepEnded(String kind, String outcome) {
    registry.counter("supcon.steps.finished", "kind", kind, "outcome", outcome).increment();
  }

  void lookedUp(String kind, String result) {
    registry.counter("supcon.cache.lookups", "kind", kind, "result", result).increment();
  }

  /** From the moment a pod got its node to its end, of attempts that succeeded. */
  void duration(String kind, long seconds) {
    Timer.builder("supcon.step.duration")
        .tag("kind", kind)
        .register(registry)
        .record(Duration.ofSeconds(seconds));
  }

  void gpuSeconds(String namespace, String kind, long seconds) {
    if (seconds > 0) {
      Counter.builder("supcon.gpu")
          .baseUnit("seconds")
          .tag("namespace", namespace)
          .tag("kind", kind)
          .register(registry)
          .increment((double) seconds);
    }
  }

  /** From a Job's completion to the next Job of the experiment. */
  void latency(Duration took) {
    Timer.builder("supcon.step.latency")
        .serviceLevelObjectives(STEP_LATENCY)
        .register(registry)
        .record(took);
  }
}

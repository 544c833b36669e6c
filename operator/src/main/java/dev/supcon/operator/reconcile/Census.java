package dev.supcon.operator.reconcile;

import dev.supcon.operator.api.Condition;
import dev.supcon.operator.api.ExperimentStatus;
import dev.supcon.operator.api.StepStatus;
import dev.supcon.operator.api.SupConExperiment;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** How many experiments and steps stand where, counted from the cache now and then. */
final class Census {
  private static final Set<StepStatus.State> ACTIVE =
      Set.of(
          StepStatus.State.PENDING,
          StepStatus.State.RUNNING,
          StepStatus.State.VERIFYING,
          StepStatus.State.NODE_LOST);

  private static final Set<String> REASONS =
      Set.of("Unschedulable", "ImagePull", "QuotaWait", "Other");

  private final MultiGauge experiments;
  private final MultiGauge steps;
  private final MultiGauge pending;
  private final AtomicInteger unsynced;
  private final InstantSource clock;
  private volatile Optional<Caches> caches = Optional.empty();

  Census(MeterRegistry registry, Meters meters, InstantSource clock) {
    this.experiments = MultiGauge.builder("supcon.experiments").register(registry);
    this.steps = MultiGauge.builder("supcon.steps.active").register(registry);
    this.pending =
        MultiGauge.builder("supcon.step.pending.age").baseUnit("seconds").register(registry);
    this.unsynced = meters.flag("supcon.tracking.unsynced");
    this.clock = clock;
  }

  /** From now on these are counted. */
  void of(Caches shown) {
    caches = Optional.of(shown);
  }

  private List<SupConExperiment> all() {
    return caches.map(Caches::experiments).orElse(List.of());
  }

  /** Those that something may still happen to. */
  List<ResourceID> unfinished() {
    return all().stream()
        .filter(
            experiment -> experiment.getStatus() == null || experiment.getStatus().result() == null)
        .map(ResourceID::fromResource)
        .toList();
  }

  /** Counts once. */
  void count() {
    Map<Tags, Integer> byState = new HashMap<>();
    Map<Tags, Integer> bySteps = new HashMap<>();
    Map<Tags, Long> ages = new HashMap<>();
    int behind = 0;
    for (SupConExperiment experiment : all()) {
      ExperimentStatus status =
          Objects.requireNonNullElse(experiment.getStatus(), ExperimentStatus.UNSEEN);
      String namespace = experiment.getMetadata().getNamespace();
      byState.merge(Tags.of("namespace", namespace, "state", state(status)), 1, Integer::sum);
      status.steps().stream()
          .filter(step -> ACTIVE.contains(step.state()) && step.leader() == null)
          .forEach(step -> bySteps.merge(tags(step), 1, Integer::sum));
      status.steps().stream()
          .filter(step -> step.state() == StepStatus.State.PENDING && step.job() != null)
          .forEach(step -> ages.merge(reason(step), age(namespace, step), Math::max));
      behind += is(status, "TrackingSynced", "False") ? 1 : 0;
    }
    experiments.register(rows(byState), true);
    steps.register(rows(bySteps), true);
    for (String reason : REASONS) {
      ages.putIfAbsent(Tags.of("reason", reason), 0L);
    }
    pending.register(rows(ages), true);
    unsynced.set(behind);
  }

  private static Tags reason(StepStatus step) {
    return Tags.of("reason", REASONS.contains(step.reason()) ? step.reason() : "Other");
  }

  private long age(String namespace, StepStatus step) {
    return caches
        .flatMap(shown -> shown.madeAt(namespace, String.valueOf(step.job())))
        .map(made -> Duration.between(made, clock.instant()).toSeconds())
        .orElse(0L);
  }

  private static Tags tags(StepStatus step) {
    boolean queued = step.reason().equals("QuotaWait");
    String state =
        switch (step.state()) {
          case RUNNING -> "Running";
          case VERIFYING -> "Verifying";
          case NODE_LOST -> "NodeLost";
          default -> queued ? "QuotaWait" : "Pending";
        };
    return Tags.of("kind", step.kind(), "state", state);
  }

  private static List<MultiGauge.Row<?>> rows(Map<Tags, ? extends Number> counts) {
    return counts.entrySet().stream()
        .<MultiGauge.Row<?>>map(count -> MultiGauge.Row.of(count.getKey(), count.getValue()))
        .toList();
  }

  private static String state(ExperimentStatus status) {
    if (status.result() != null) {
      return status.result() == ExperimentStatus.Result.SUCCEEDED ? "Complete" : "Failed";
    }
    if (is(status, "Stalled", "True")) {
      return "Stalled";
    }
    if (is(status, "Suspended", "True")) {
      return "Suspended";
    }
    if (status.steps().isEmpty()) {
      return "Resolving";
    }
    boolean acts =
        status.steps().stream().anyMatch(step -> step.state() == StepStatus.State.RUNNING);
    return acts ? "Running" : "Queued";
  }

  private static boolean is(ExperimentStatus status, String type, String value) {
    Optional<Condition> condition = status.condition(type);
    return condition.filter(there -> there.status().equals(value)).isPresent();
  }
}

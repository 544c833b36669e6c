package dev.supcon.operator.reconcile;

import dev.supcon.operator.api.SupConExperiment;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.MaxReconciliationInterval;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Has every experiment looked at whenever something about it may have changed. */
@Singleton
@ControllerConfiguration(
    name = "experiment",
    fieldManager = StatusWrite.FIELD_MANAGER,
    maxReconciliationInterval =
        @MaxReconciliationInterval(interval = 10, timeUnit = TimeUnit.HOURS))
public final class ExperimentReconciler implements Reconciler<SupConExperiment> {
  private static final Duration SOONEST = Duration.ofMillis(10);

  private final Works works;
  private final Census census;
  private @Nullable Caches caches;

  @Inject
  ExperimentReconciler(Works works, Census census) {
    this.works = works;
    this.census = census;
  }

  @Override
  public List<EventSource<?, SupConExperiment>> prepareEventSources(
      EventSourceContext<SupConExperiment> context) {
    Caches made = Caches.of(context, works.interests());
    caches = made;
    census.of(made);
    List<EventSource<?, SupConExperiment>> sources = new ArrayList<>(made.sources());
    sources.add(works.wakes().source());
    return sources;
  }

  @Override
  public UpdateControl<SupConExperiment> reconcile(
      SupConExperiment experiment, Context<SupConExperiment> context) {
    UpdateControl<SupConExperiment> control = UpdateControl.noUpdate();
    ResourceID id = ResourceID.fromResource(experiment);
    if (experiment.isMarkedForDeletion()) {
      works.turns().gone(id);
      return control;
    }
    if (!works.turns().begin(id, works.writes().acts(id))) {
      return control;
    }
    try {
      Optional<Instant> again = look(experiment, context);
      return again.map(this::until).map(control::rescheduleAfter).orElse(control);
    } finally {
      works.turns().end(id);
    }
  }

  private Optional<Instant> look(SupConExperiment experiment, Context<SupConExperiment> context) {
    Subject subject = Subject.of(works.writes().newest(experiment), works.clock().instant());
    StatusStep status = new StatusStep(works, subject, context.getClient());
    return new Reconciliation(works, Objects.requireNonNull(caches), subject, status).run();
  }

  private Duration until(Instant time) {
    Duration left = Duration.between(works.clock().instant(), time);
    return left.compareTo(SOONEST) > 0 ? left : SOONEST;
  }
}

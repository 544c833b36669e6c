package dev.supcon.operator.reconcile;

import dev.supcon.operator.api.SupConExperiment;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.source.controller.ResourceAction;
import io.javaoperatorsdk.operator.processing.event.source.controller.ResourceEvent;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Hears of experiments that are gone. Without a finalizer no reconcile is called for them, and the
 * SDK's own switch for that is lost on the way through its Quarkus extension (7.4.0); what is told
 * of every event, is told the metrics.
 *
 * @param gone is told the last that was seen of it
 */
record Departures(Consumer<SupConExperiment> gone) implements Metrics {

  @Override
  public void receivedEvent(Event event, Map<String, Object> metadata) {
    if (event instanceof ResourceEvent about && about.getAction() == ResourceAction.DELETED) {
      about.getResource().ifPresent(this::tell);
    }
  }

  private void tell(HasMetadata resource) {
    if (resource instanceof SupConExperiment experiment) {
      gone.accept(experiment);
    }
  }
}

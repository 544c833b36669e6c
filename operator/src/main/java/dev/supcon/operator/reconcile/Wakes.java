package dev.supcon.operator.reconcile;

import dev.supcon.operator.api.SupConExperiment;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;

/** The way by which those who are no objects of the cluster have an experiment looked at again. */
final class Wakes {
  private final SimpleInboundEventSource<SupConExperiment> source =
      new SimpleInboundEventSource<>("outside");

  SimpleInboundEventSource<SupConExperiment> source() {
    return source;
  }

  /** From any thread, as often as one likes: many wakes at once are one reconcile. */
  void wake(ResourceID experiment) {
    source.propagateEvent(experiment);
  }
}

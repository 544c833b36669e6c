package dev.supcon.operator.reconcile;

import dev.supcon.contract.spec.ExecutionSpec;
import dev.supcon.operator.api.ExperimentStatus;
import dev.supcon.operator.api.SupConExperiment;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Instant;
import java.util.Objects;

/**
 * The experiment that a reconcile is about.
 *
 * @param previous the status that was read with it
 */
record Subject(
    SupConExperiment experiment, ResourceID id, ExperimentStatus previous, Instant now) {

  static Subject of(SupConExperiment experiment, Instant now) {
    ExperimentStatus status =
        Objects.requireNonNullElse(experiment.getStatus(), ExperimentStatus.UNSEEN);
    return new Subject(experiment, ResourceID.fromResource(experiment), status, now);
  }

  String name() {
    return experiment.getMetadata().getName();
  }

  String namespace() {
    return experiment.getMetadata().getNamespace();
  }

  String uid() {
    return experiment.getMetadata().getUid();
  }

  long generation() {
    return experiment.getMetadata().getGeneration();
  }

  ExecutionSpec execution() {
    return experiment.getSpec().execution();
  }
}

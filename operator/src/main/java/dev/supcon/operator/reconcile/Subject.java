package dev.supcon.operator.reconcile;

import dev.supcon.contract.plan.PlannedStep;
import dev.supcon.contract.spec.Checked;
import dev.supcon.contract.spec.ExecutionSpec;
import dev.supcon.operator.api.ExperimentStatus;
import dev.supcon.operator.api.StepStatus;
import dev.supcon.operator.api.SupConExperiment;
import dev.supcon.operator.observe.Result;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The experiment that a reconcile is about.
 *
 * @param previous the status that was read with it
 */
record Subject(SupConExperiment experiment, ResourceID id, ExperimentStatus previous, Instant now) {

  static Subject of(SupConExperiment experiment, Instant now) {
    ExperimentStatus status =
        Objects.requireNonNullElse(experiment.getStatus(), ExperimentStatus.UNSEEN);
    return new Subject(experiment, ResourceID.fromResource(experiment), status, now);
  }

  /** By the rules; what could not even be read is refused before. */
  Checked checked(Readings readings) {
    return experiment.getUnreadable().isEmpty()
        ? readings.checked(id, experiment.getSpec())
        : new Checked.Rejected(experiment.getUnreadable());
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

  boolean owns(Job job) {
    return job.getMetadata().getOwnerReferences().stream()
        .anyMatch(reference -> uid().equals(reference.getUid()));
  }

  /**
   * The result of a step that was looked at before, as the status says: an operator that has just
   * started, or a store that is away, makes nothing undone.
   */
  Optional<Result.Hit> done(PlannedStep step) {
    Map<String, Double> metrics = new HashMap<>();
    previous.metrics().forEach(metric -> metrics.put(metric.name(), metric.value()));
    return previous
        .step(step.name())
        .filter(row -> row.key().equals(step.key().hex()) && row.state().done())
        .map(StepStatus::artifact)
        .map(manifest -> new Result.Hit(manifest, metrics));
  }
}

package dev.supcon.operator.reconcile;

import dev.supcon.contract.plan.PlannedStep;
import dev.supcon.contract.spec.CheckedExperiment;
import dev.supcon.contract.spec.DataSpec;
import dev.supcon.contract.spec.EncoderSpec;
import dev.supcon.contract.spec.ExecutionSpec;
import dev.supcon.contract.spec.InitialWeightsSpec;
import dev.supcon.contract.spec.StepExecutionSpec;
import dev.supcon.operator.config.Configuration;
import dev.supcon.operator.config.StepRuntime;
import dev.supcon.operator.config.Tenant;
import dev.supcon.operator.decide.RuntimeName;
import dev.supcon.operator.mirror.Whereabouts;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/** What the administrator's file gives an experiment of a namespace. */
record Grants(Configuration configuration, Tenant tenant, String namespace) {

  /** What was found in the file. */
  sealed interface Found {

    /** All that the spec names. */
    record Granted(Grants grants) implements Found {}

    /**
     * Not all.
     *
     * @param message names the field, and what to write or whom to ask
     */
    record Refused(String message) implements Found {}
  }

  static Found of(Configuration configuration, String namespace, CheckedExperiment experiment) {
    Optional<Tenant> tenant = configuration.tenant(namespace);
    if (tenant.isEmpty()) {
      return new Found.Refused(
          "Namespace %s may run no experiments; ask the administrator to enter it."
              .formatted(namespace));
    }
    Grants grants = new Grants(configuration, tenant.get(), namespace);
    return grants
        .missingRuntime(experiment.spec().execution())
        .or(() -> grants.forbiddenData(experiment))
        .or(() -> grants.forbiddenWeights(experiment.spec().encoder()))
        .<Found>map(Found.Refused::new)
        .orElseGet(() -> new Found.Granted(grants));
  }

  private Optional<String> missingRuntime(ExecutionSpec execution) {
    return runtimes(execution).stream()
        .filter(name -> configuration.runtime(tenant, name).isEmpty())
        .findFirst()
        .map(
            name ->
                "spec.execution names runtime %s, which namespace %s may not use; it may use %s."
                    .formatted(name, namespace, String.join(", ", tenant.runtimes())));
  }

  /** The names of all runtimes that a spec says. */
  static NavigableSet<String> runtimes(ExecutionSpec execution) {
    NavigableSet<String> names = new TreeSet<>();
    names.add(execution.runtime());
    execution.steps().stream().map(StepExecutionSpec::runtime).forEach(names::add);
    return names;
  }

  private Optional<String> forbiddenData(CheckedExperiment experiment) {
    for (DataSpec data : experiment.dataSets()) {
      String s3 = data.s3();
      if (s3 != null && !tenant.mayRead(s3)) {
        return Optional.of(unreadable(experiment.pathOf(data), s3));
      }
    }
    return Optional.empty();
  }

  private Optional<String> forbiddenWeights(EncoderSpec encoder) {
    InitialWeightsSpec weights = encoder.initialWeights();
    if (weights == null) {
      return Optional.empty();
    }
    String s3 = weights.s3();
    if (s3 == null) {
      return Optional.of(
          "spec.encoder.initialWeights lies nowhere that a cluster can read; write its place in S3"
              + " as s3, and sha256.");
    }
    return tenant.mayRead(s3)
        ? Optional.empty()
        : Optional.of(unreadable("spec.encoder.initialWeights", s3));
  }

  private String unreadable(String path, String s3) {
    return "%s.s3 is %s, which namespace %s may not read; it may read what is below %s."
        .formatted(path, s3, namespace, String.join(", ", tenant.dataPrefixes()));
  }

  /** What speaks against pretraining on the devices that its runtime has. */
  Optional<String> unfit(CheckedExperiment experiment, ExecutionSpec execution) {
    int devices = devices(execution);
    return experiment.faultsOn(devices).stream()
        .findFirst()
        .map(
            fault ->
                "Pretraining gets the %d GPUs of runtime %s, for the spec says no other number. %s."
                    .formatted(devices, RuntimeName.ofPretraining(execution), fault.line()));
  }

  /** How many the runtime of pretraining has. */
  int devices(ExecutionSpec execution) {
    return runtime(RuntimeName.ofPretraining(execution)).devices();
  }

  /** The runtime that runs a step. */
  StepRuntime runtime(ExecutionSpec execution, PlannedStep step) {
    return runtime(RuntimeName.of(execution, step));
  }

  /**
   * @param name one of {@link #runtimes}
   */
  StepRuntime runtime(String name) {
    return configuration
        .runtime(tenant, name)
        .orElseThrow(() -> new IllegalStateException("runtime was not granted: " + name));
  }

  Whereabouts whereabouts() {
    return whereabouts(namespace, tenant);
  }

  static Whereabouts whereabouts(String namespace, Tenant tenant) {
    return new Whereabouts(
        namespace,
        tenant.store(),
        Optional.ofNullable(tenant.s3Endpoint()).orElse(""),
        Optional.ofNullable(tenant.mlflow()).orElse(""));
  }
}

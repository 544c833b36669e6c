package dev.supcon.contract.spec;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A spec that obeys every rule: only {@link ExperimentRules} makes one. */
public final class CheckedExperiment {
  private final ExperimentSpec spec;

  CheckedExperiment(ExperimentSpec spec) {
    this.spec = spec;
  }

  public ExperimentSpec spec() {
    return spec;
  }

  /**
   * The linear stage: as written, else its defaults, and none where pretraining makes a classifier.
   */
  public Optional<LinearSpec> linear() {
    if (spec.linear() != null || spec.pretrain().loss().type().classifies()) {
      return Optional.ofNullable(spec.linear());
    }
    return Optional.of(Defaults.of(LinearSpec.class));
  }

  /** What speaks against so many devices for pretraining, unless the spec says a number itself. */
  public List<Violation> faultsOn(int devices) {
    PretrainSpec pretrain = spec.pretrain();
    return pretrain.devices() == null
        ? BatchRules.violations(pretrain.withDevices(devices))
        : List.of();
  }

  /** Every data set that takes part, the experiment's own first. */
  public List<DataSpec> dataSets() {
    return Stream.concat(Stream.of(spec.data()), spec.transfer().stream().map(TransferSpec::data))
        .distinct()
        .toList();
  }

  /** Where one of these data sets stands in the spec, such as {@code spec.transfer[2].data}. */
  public String pathOf(DataSpec data) {
    if (spec.data().equals(data)) {
      return "spec.data";
    }
    List<DataSpec> others = spec.transfer().stream().map(TransferSpec::data).toList();
    return "spec.transfer[%d].data".formatted(others.indexOf(data));
  }
}

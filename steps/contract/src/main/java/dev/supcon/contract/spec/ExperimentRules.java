package dev.supcon.contract.spec;

import java.util.List;
import java.util.stream.Stream;

/** The rules a spec must obey, for objects stored before a rule existed and for files. */
public final class ExperimentRules {
  private ExperimentRules() {}

  /** Every broken rule at once, or the spec as a checked one. */
  public static Checked check(ExperimentSpec spec) {
    List<Violation> ranges = RangeRules.violations("spec", spec);
    Stream<Violation> contradictions =
        ContradictionRules.violations(spec).stream()
            .filter(fault -> ranges.stream().noneMatch(range -> fault.names(range.path())));
    List<Violation> all = Stream.concat(ranges.stream(), contradictions).toList();
    return all.isEmpty()
        ? new Checked.Accepted(new CheckedExperiment(spec))
        : new Checked.Rejected(all);
  }

  /**
   * Every broken rule of a data set alone.
   *
   * @param path where it stands, such as {@code spec.data}
   */
  public static List<Violation> check(String path, DataSpec data) {
    return Stream.concat(
            RangeRules.violations(path, data).stream(), DataRules.violations(path, data).stream())
        .toList();
  }
}

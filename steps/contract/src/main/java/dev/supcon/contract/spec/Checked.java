package dev.supcon.contract.spec;

import java.util.List;

/** What the rules say of a spec. */
public sealed interface Checked {

  /** Every rule is obeyed. */
  record Accepted(CheckedExperiment experiment) implements Checked {}

  /** At least one rule is broken; all that are, in the order of the spec's fields. */
  record Rejected(List<Violation> violations) implements Checked {
    public Rejected {
      violations = List.copyOf(violations);
    }
  }
}

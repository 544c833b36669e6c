package dev.supcon.operator.status;

import dev.supcon.contract.plan.Plan;
import dev.supcon.contract.spec.ExecutionSpec;
import dev.supcon.contract.spec.Violation;
import dev.supcon.operator.api.ResolvedStatus;
import dev.supcon.operator.decide.Decision;
import dev.supcon.operator.observe.Observation;
import java.util.List;

/** How far a reconcile came. */
public sealed interface Outlook {

  /**
   * The spec breaks rules.
   *
   * @param quiet whether no Job of the experiment acts any more
   */
  record Rejected(List<Violation> violations, boolean quiet) implements Outlook {
    public Rejected {
      violations = List.copyOf(violations);
    }
  }

  /**
   * The administrator's file does not give what the spec names.
   *
   * @param message names the field, and what to write or whom to ask
   */
  record Unconfigured(String message) implements Outlook {}

  /**
   * What the spec names is not there, as the store says; it is asked again now and then.
   *
   * @param message names it, and what to do
   */
  record Missing(String message) implements Outlook {}

  /**
   * The store was asked for what a plan needs.
   *
   * @param answering whether the store answers at all
   * @param message what is waited for
   */
  record Resolving(boolean answering, String message) implements Outlook {}

  /** There is a plan, and every step has its move. */
  record Planned(
      ResolvedStatus resolved,
      ExecutionSpec execution,
      Plan plan,
      Observation seen,
      Decision decision)
      implements Outlook {}
}

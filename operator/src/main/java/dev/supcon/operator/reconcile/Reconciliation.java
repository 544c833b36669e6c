package dev.supcon.operator.reconcile;

import dev.supcon.contract.plan.Plan;
import dev.supcon.contract.spec.Checked;
import dev.supcon.contract.spec.CheckedExperiment;
import dev.supcon.operator.decide.Decision;
import dev.supcon.operator.decide.NextSteps;
import dev.supcon.operator.decide.Retirement;
import dev.supcon.operator.decide.Terms;
import dev.supcon.operator.observe.ClusterView;
import dev.supcon.operator.observe.Observation;
import dev.supcon.operator.observe.Observer;
import dev.supcon.operator.status.Outlook;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One reconcile of one experiment, until it has a plan: a spec that breaks a rule, a namespace that
 * was given nothing, data that nobody has looked at yet, or an end. Every effect may be repeated.
 */
record Reconciliation(Works works, Caches caches, Subject subject, StatusStep status) {

  /**
   * @return when to look again, although nothing will happen that is heard of
   */
  Optional<Instant> run() {
    return switch (subject.checked(works.readings())) {
      case Checked.Rejected rejected -> rejected(rejected);
      case Checked.Accepted accepted -> accepted(accepted.experiment());
    };
  }

  /** What runs of it is stopped. */
  private Optional<Instant> rejected(Checked.Rejected rejected) {
    Plan none = new Plan(subject.name(), List.of());
    ClusterView cluster = caches.view(subject.id(), Set.of());
    Observation seen = Observer.observe(none, cluster, StoreLooks.NONE, subject.now());
    Terms terms =
        new Terms(subject.uid(), subject.execution(), Instant.EPOCH, Map.of(), 0, Map.of());
    Decision decision = NextSteps.decide(none, seen, subject.previous(), terms, subject.now());
    Outlook outlook = new Outlook.Rejected(rejected.violations(), decision.quiet());
    if (!status.write(outlook, Runs.none(Optional.empty()))) {
      return status.stale();
    }
    works.jobs().deleteAll(decision.stops(), cluster.jobs());
    return decision.lookAgain();
  }

  private Optional<Instant> accepted(CheckedExperiment checked) {
    Grants.Found grants = Grants.of(works.configuration().current(), subject.namespace(), checked);
    return Retirement.jobsGoAt(subject.previous(), subject.generation(), subject.execution())
        .map(jobsGoAt -> retired(jobsGoAt, checked, grants))
        .orElseGet(() -> active(checked, grants));
  }

  private Optional<Instant> active(CheckedExperiment checked, Grants.Found found) {
    return switch (found) {
      case Grants.Found.Refused refused ->
          waiting(new Outlook.Unconfigured(refused.message()), Optional.empty());
      case Grants.Found.Granted granted -> granted(checked, granted.grants());
    };
  }

  private Optional<Instant> granted(CheckedExperiment checked, Grants grants) {
    return switch (Resolution.of(subject, checked, grants, works.mirror())) {
      case Resolution.Known.Open open -> waiting(open.outlook(), Optional.of(grants));
      case Resolution.Known.Found found ->
          new Course(works, caches, subject, grants, found.resolution()).run(status);
    };
  }

  private Optional<Instant> waiting(Outlook outlook, Optional<Grants> grants) {
    return status.write(outlook, Runs.none(grants.map(Grants::whereabouts)))
        ? Optional.empty()
        : status.stale();
  }

  /** Its Jobs go when their time has come; the experiment itself never. */
  private Optional<Instant> retired(
      Instant jobsGoAt, CheckedExperiment checked, Grants.Found found) {
    if (Runs.open(subject.previous()) && found instanceof Grants.Found.Granted granted) {
      tell(checked, granted.grants());
    } else {
      works.mirror().forget(subject.id());
      works.readings().forget(subject.id());
      works.writes().forget(subject.id());
    }
    works.interests().needs(subject.id(), Set.of());
    if (subject.now().isBefore(jobsGoAt)) {
      return Optional.of(jobsGoAt);
    }
    caches.own(subject).forEach(works.jobs()::delete);
    return Optional.empty();
  }

  /** The tracking server may still have to hear of the end. */
  private void tell(CheckedExperiment checked, Grants grants) {
    if (Resolution.of(subject, checked, grants, works.mirror())
        instanceof Resolution.Known.Found known) {
      new Course(works, caches, subject, grants, known.resolution()).tell(status);
    }
  }
}

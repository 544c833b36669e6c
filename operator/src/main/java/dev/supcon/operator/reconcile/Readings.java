package dev.supcon.operator.reconcile;

import dev.supcon.contract.plan.Plan;
import dev.supcon.contract.plan.Planner;
import dev.supcon.contract.plan.ResolvedExperiment;
import dev.supcon.contract.spec.Checked;
import dev.supcon.contract.spec.ExperimentRules;
import dev.supcon.contract.spec.ExperimentSpec;
import dev.supcon.contract.step.Leaves;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * What was made of an experiment's spec last. All of it are pure functions, and a reconcile, of
 * which there are dozens, seldom finds another spec: a quarter of its time went there.
 */
final class Readings {
  private final Last<ExperimentSpec, Checked> checked = new Last<>(ExperimentRules::check);
  private final Last<ResolvedExperiment, Plan> plans = new Last<>(Planner::plan);
  private final Last<ExperimentSpec, Map<String, String>> params = new Last<>(Leaves::of);

  Checked checked(ResourceID experiment, ExperimentSpec spec) {
    return checked.of(experiment, spec);
  }

  Plan plan(ResourceID experiment, ResolvedExperiment resolved) {
    return plans.of(experiment, resolved);
  }

  /** The spec's values by their paths, as a tracking server shows them. */
  Map<String, String> params(ResourceID experiment, ExperimentSpec spec) {
    return params.of(experiment, spec);
  }

  /** Of an experiment that is finished or gone nothing is kept. */
  void forget(ResourceID experiment) {
    checked.made().remove(experiment);
    plans.made().remove(experiment);
    params.made().remove(experiment);
  }

  private record Last<I, O>(Function<I, O> function, Map<ResourceID, Made<I, O>> made) {
    Last(Function<I, O> function) {
      this(function, new ConcurrentHashMap<>());
    }

    O of(ResourceID experiment, I input) {
      Made<I, O> last = made.get(experiment);
      if (last != null && last.input().equals(input)) {
        return last.output();
      }
      Made<I, O> fresh = new Made<>(input, function.apply(input));
      made.put(experiment, fresh);
      return fresh.output();
    }
  }

  private record Made<I, O>(I input, O output) {}
}

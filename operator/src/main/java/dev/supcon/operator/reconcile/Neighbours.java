package dev.supcon.operator.reconcile;

import dev.supcon.contract.plan.Plan;
import dev.supcon.contract.plan.PlannedStep;
import dev.supcon.contract.step.StepKey;
import dev.supcon.operator.api.Labels;
import dev.supcon.operator.api.SupConExperiment;
import dev.supcon.operator.decide.Contender;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which experiments of a namespace need which keys now. What a reconcile has just decided is known
 * here at once, while caches still show the status before it; what was decided before this operator
 * lived, their statuses say.
 */
final class Neighbours {
  private final Map<String, Contender> known = new HashMap<>(); // by UID
  private final Map<Place, NavigableSet<Contender>> needing = new HashMap<>(); // the oldest first
  private boolean begun;

  private record Place(String namespace, StepKey key) {}

  /** What the cluster says. */
  interface Cluster {
    /** All experiments. */
    List<SupConExperiment> experiments();

    /** Whether this one is there, itself and no other of its name, and not being deleted. */
    boolean stays(ResourceID id, String uid);
  }

  /** Names of the older experiments that lead a key of this plan. */
  synchronized Map<StepKey, String> leaders(Subject subject, Plan plan, Cluster cluster) {
    if (!begun) {
      cluster.experiments().stream()
          .filter(other -> !known.containsKey(other.getMetadata().getUid()))
          .forEach(this::put);
      begun = true;
    }
    Contender me = Contender.of(subject.experiment(), Set.of());
    Map<StepKey, String> leaders = new HashMap<>();
    for (PlannedStep step : plan.steps()) {
      leader(me, new Place(subject.namespace(), step.key()), cluster)
          .ifPresent(leader -> leaders.put(step.key(), leader.name()));
    }
    return leaders;
  }

  private Optional<Contender> leader(Contender me, Place place, Cluster cluster) {
    return needing.getOrDefault(place, new TreeSet<>(Contender.AGE)).headSet(me, false).stream()
        .filter(
            other -> cluster.stays(new ResourceID(other.name(), place.namespace()), other.uid()))
        .findFirst();
  }

  /**
   * What was decided of an experiment.
   *
   * @param written with its new status
   * @return labels of the keys that it needed before and does not any more: others may lead them
   *     now
   */
  synchronized Set<String> decided(SupConExperiment written) {
    Set<StepKey> before = take(written);
    return left(before, put(written));
  }

  /** The same of one that is gone. */
  synchronized Set<String> gone(SupConExperiment experiment) {
    return left(take(experiment), Set.of());
  }

  private Set<StepKey> put(SupConExperiment experiment) {
    Contender contender =
        Contender.of(experiment).orElseGet(() -> Contender.of(experiment, Set.of()));
    known.put(contender.uid(), contender);
    for (StepKey key : contender.keys()) {
      needing
          .computeIfAbsent(place(experiment, key), place -> new TreeSet<>(Contender.AGE))
          .add(contender);
    }
    return contender.keys();
  }

  private Set<StepKey> take(SupConExperiment experiment) {
    Contender contender = known.remove(experiment.getMetadata().getUid());
    if (contender == null) {
      return Set.of();
    }
    for (StepKey key : contender.keys()) {
      needing.computeIfPresent(
          place(experiment, key),
          (place, there) -> there.remove(contender) && there.isEmpty() ? null : there);
    }
    return contender.keys();
  }

  private static Place place(SupConExperiment experiment, StepKey key) {
    return new Place(experiment.getMetadata().getNamespace(), key);
  }

  private static Set<String> left(Set<StepKey> before, Set<StepKey> after) {
    Set<StepKey> left = new HashSet<>(before);
    left.removeAll(after);
    return left.stream().map(key -> Labels.key(key.hex())).collect(Collectors.toSet());
  }
}

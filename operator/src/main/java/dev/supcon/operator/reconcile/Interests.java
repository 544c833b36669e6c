package dev.supcon.operator.reconcile;

import dev.supcon.contract.plan.Plan;
import dev.supcon.operator.api.Labels;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which experiments need which keys: those of a namespace that need the same share its Job, so that
 * what happens to it concerns them all.
 */
final class Interests {
  private final Map<ResourceID, Set<String>> keys = new HashMap<>();
  private final Map<Place, Set<ResourceID>> experiments = new HashMap<>();

  /** From now on the experiment needs exactly these keys, each as its label says it. */
  synchronized void needs(ResourceID experiment, Set<String> labels) {
    Set<String> before = keys.getOrDefault(experiment, Set.of());
    if (before.equals(labels)) {
      return;
    }
    before.forEach(label -> leave(experiment, label));
    labels.forEach(label -> at(experiment, label).add(experiment));
    if (labels.isEmpty()) {
      keys.remove(experiment);
    } else {
      keys.put(experiment, Set.copyOf(labels));
    }
  }

  private Set<ResourceID> at(ResourceID experiment, String label) {
    return experiments.computeIfAbsent(Place.of(experiment, label), place -> new HashSet<>());
  }

  private void leave(ResourceID experiment, String label) {
    Set<ResourceID> there = at(experiment, label);
    there.remove(experiment);
    if (there.isEmpty()) {
      experiments.remove(Place.of(experiment, label));
    }
  }

  /** The keys of a plan, as labels say them. */
  static Set<String> labels(Plan plan) {
    return plan.steps().stream()
        .map(step -> Labels.key(step.key().hex()))
        .collect(Collectors.toSet());
  }

  /** All that need a key. */
  synchronized Set<ResourceID> of(String namespace, String label) {
    return Set.copyOf(experiments.getOrDefault(new Place(namespace, label), Set.of()));
  }

  private record Place(String namespace, String label) {
    static Place of(ResourceID experiment, String label) {
      return new Place(experiment.getNamespace().orElse(""), label);
    }
  }
}

package dev.supcon.operator.reconcile;

import dev.supcon.contract.plan.Plan;
import dev.supcon.contract.plan.PlannedStep;
import dev.supcon.contract.step.StepKey;
import dev.supcon.operator.api.Labels;
import dev.supcon.operator.api.SupConExperiment;
import dev.supcon.operator.decide.Contender;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Which experiments of a namespace need which keys now. What a reconcile has just decided is known
 * here at once, while caches still show the status before it; of others the status says it.
 */
final class Neighbours {
  private final Map<String, Contender> known = new ConcurrentHashMap<>(); // by UID

  /**
   * Names of the older experiments that lead a key of this plan.
   *
   * @param needing experiments of the namespace that may need a key of it
   */
  Map<StepKey, String> leaders(Subject subject, Plan plan, Collection<SupConExperiment> needing) {
    Set<StepKey> keys = plan.steps().stream().map(PlannedStep::key).collect(Collectors.toSet());
    List<Contender> others =
        needing.stream()
            .filter(other -> !other.getMetadata().getUid().equals(subject.uid()))
            .filter(other -> !other.isMarkedForDeletion())
            .map(this::contender)
            .toList();
    return contender(subject.experiment(), keys).leaders(others);
  }

  private Contender contender(SupConExperiment other) {
    return Optional.ofNullable(known.get(other.getMetadata().getUid()))
        .or(() -> Contender.of(other))
        .orElseGet(() -> contender(other, Set.of()));
  }

  private static Contender contender(SupConExperiment experiment, Set<StepKey> keys) {
    return new Contender(
        experiment.getMetadata().getUid(),
        experiment.getMetadata().getName(),
        Instant.parse(experiment.getMetadata().getCreationTimestamp()),
        keys);
  }

  /**
   * What was decided of an experiment.
   *
   * @param written with its new status
   * @return labels of the keys that it needed before and does not any more: others may lead them
   *     now
   */
  Set<String> decided(SupConExperiment written) {
    Contender before = contender(written);
    Contender after = Contender.of(written).orElseGet(() -> contender(written, Set.of()));
    known.put(after.uid(), after);
    return left(before.keys(), after.keys());
  }

  /** The same of one that is gone. */
  Set<String> gone(SupConExperiment experiment) {
    Set<StepKey> before = contender(experiment).keys();
    known.remove(experiment.getMetadata().getUid());
    return left(before, Set.of());
  }

  private static Set<String> left(Set<StepKey> before, Set<StepKey> after) {
    Set<StepKey> left = new HashSet<>(before);
    left.removeAll(after);
    return left.stream().map(key -> Labels.key(key.hex())).collect(Collectors.toSet());
  }
}

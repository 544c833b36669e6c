package dev.supcon.operator.decide;

import dev.supcon.contract.step.StepKey;
import dev.supcon.operator.api.Condition;
import dev.supcon.operator.api.ExperimentStatus;
import dev.supcon.operator.api.StepStatus;
import dev.supcon.operator.api.SupConExperiment;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An experiment of a namespace that needs keys at this time.
 *
 * @param created when it was created
 * @param keys of its steps that neither have a result nor failed, while it is neither finished, nor
 *     suspended, nor being deleted
 */
public record Contender(String uid, String name, Instant created, Set<StepKey> keys) {
  private static final Pattern KEY = Pattern.compile("[0-9a-f]{64}");

  /** The oldest leads, and the UID decides a tie. */
  public static final Comparator<Contender> AGE =
      Comparator.comparing(Contender::created).thenComparing(Contender::uid);

  /** Reasons of {@code Stalled} without a plan: the rows of the steps are those of an older one. */
  private static final Set<String> WITHOUT_A_PLAN = Set.of("NotConfigured", "DependencyMissing");

  /** Copies the keys. */
  public Contender {
    keys = Set.copyOf(keys);
  }

  /** What an experiment needs by its status; empty when it needs nothing now. */
  public static Optional<Contender> of(SupConExperiment experiment) {
    ObjectMeta meta = experiment.getMetadata();
    ExperimentStatus status = experiment.getStatus();
    if (status == null
        || experiment.getSpec() == null
        || meta.getDeletionTimestamp() != null
        || experiment.getSpec().execution().suspend()
        || status.condition("Finished").filter(Condition::holds).isPresent()
        || status.condition("Stalled").filter(Contender::standsStill).isPresent()) {
      return Optional.empty();
    }
    Set<StepKey> keys =
        status.steps().stream()
            .filter(Contender::needed)
            .map(step -> new StepKey(step.key()))
            .collect(Collectors.toSet());
    return keys.isEmpty() ? Optional.empty() : Optional.of(of(experiment, keys));
  }

  /** One that needs these keys. */
  public static Contender of(SupConExperiment experiment, Set<StepKey> keys) {
    ObjectMeta meta = experiment.getMetadata();
    Instant created =
        meta.getCreationTimestamp() == null
            ? Instant.EPOCH
            : Instant.parse(meta.getCreationTimestamp());
    return new Contender(meta.getUid(), meta.getName(), created, keys);
  }

  private static boolean standsStill(Condition stalled) {
    return stalled.holds() && WITHOUT_A_PLAN.contains(stalled.reason());
  }

  private static boolean needed(StepStatus step) {
    return !step.state().done()
        && step.state() != StepStatus.State.FAILED
        && !step.reason().equals(Wait.DEPENDENCY_FAILED.word())
        && KEY.matcher(step.key()).matches();
  }
}

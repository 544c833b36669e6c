package dev.supcon.operator.reconcile;

import dev.supcon.operator.api.Condition;
import dev.supcon.operator.api.ExperimentStatus;
import dev.supcon.operator.api.SupConExperiment;
import dev.supcon.operator.mirror.Told;
import dev.supcon.operator.status.ConditionType;
import dev.supcon.operator.status.EventReason;
import dev.supcon.operator.status.Outlook;
import dev.supcon.operator.status.StatusReducer;
import dev.supcon.operator.status.Tracking;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The last step of a reconcile: one write of status, where it changes, and what follows. */
record StatusStep(Works works, Subject subject, KubernetesClient client) {
  /** When the object has changed since it was read: the cache shows it soon. */
  private static final Duration STALE = Duration.ofMillis(200);

  /** Says to the tracking server what a status says. */
  interface Telling {
    Told tell(ExperimentStatus status);
  }

  /**
   * @return false when the object has changed since it was read
   */
  boolean write(Outlook outlook, Tracking tracking) {
    return store(with(next(outlook), tracking));
  }

  /**
   * What became of a write.
   *
   * @param stale the object has changed since it was read
   * @param again when to look again
   */
  record Written(boolean stale, Optional<Instant> again) {}

  /**
   * The same, and the tracking server hears of it before the status says that it has. What is not
   * urgent may be left for a later reconcile, which sees it again.
   */
  Written write(Outlook outlook, Telling telling, Grants grants) {
    ExperimentStatus draft = next(outlook);
    Told told = telling.tell(draft);
    boolean finished = draft.result() != null;
    ExperimentStatus next =
        with(draft, Runs.tracking(told, subject.previous(), finished, grants.whereabouts()));
    Optional<Instant> later = works.writes().later(subject, next);
    if (later.isPresent()) {
      return new Written(false, later);
    }
    return store(next) ? new Written(false, Optional.empty()) : new Written(true, stale());
  }

  private ExperimentStatus next(Outlook outlook) {
    return StatusReducer.next(subject.previous(), subject.generation(), outlook, subject.now());
  }

  private ExperimentStatus with(ExperimentStatus status, Tracking tracking) {
    return StatusReducer.tracked(status, tracking, subject.now());
  }

  /** Of an experiment that has ended, only what the tracking server knows still changes. */
  void tracked(Tracking tracking) {
    var unused = store(with(subject.previous(), tracking));
  }

  private boolean store(ExperimentStatus next) {
    if (next.equals(subject.previous())) {
      return true;
    }
    switch (StatusWrite.write(subject.experiment(), next, client)) {
      case StatusWrite.Answer.Stored stored -> stored(stored.experiment(), next);
      case StatusWrite.Answer.Refused refused -> refused(refused.why(), next);
      case StatusWrite.Answer.Stale ignored -> {
        return false;
      }
    }
    return true;
  }

  private void stored(SupConExperiment written, ExperimentStatus next) {
    works.writes().wrote(subject, written);
    works.journal().changed(subject, next);
    works.neighbours().decided(written).forEach(key -> wake(subject.namespace(), key));
  }

  /** What the status cannot say, an event can. */
  private void refused(String why, ExperimentStatus next) {
    String rule =
        next.condition(ConditionType.STALLED.word())
            .filter(Condition::holds)
            .map(Condition::message)
            .orElse(why);
    works.journal().say(subject, EventReason.SPEC_REJECTED, rule);
  }

  /** Others that need the key may lead it now. */
  private void wake(String namespace, String key) {
    for (ResourceID other : works.interests().of(namespace, key)) {
      if (!other.equals(subject.id())) {
        works.wakes().wake(other);
      }
    }
  }

  /** When to look again after a write that found the object changed. */
  Optional<Instant> stale() {
    return Optional.of(works.clock().instant().plus(STALE));
  }
}

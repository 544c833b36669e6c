package dev.supcon.operator.reconcile;

import dev.supcon.operator.api.SupConExperiment;
import dev.supcon.operator.mirror.Whereabouts;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.Optional;
import java.util.Set;

/** What is left to do for an experiment that is gone: the cluster has removed its Jobs already. */
record Farewell(Works works) {

  /**
   * @param experiment the last that was seen of it
   */
  void to(SupConExperiment experiment) {
    Subject subject = Subject.of(experiment, works.clock().instant());
    if (Runs.open(subject.previous())) {
      whereabouts(subject).ifPresent(where -> endRun(subject, where));
    }
    works.turns().gone(subject.id());
    works.mirror().forget(subject.id());
    works.readings().forget(subject.id());
    works.writes().forget(subject.id());
    works.interests().needs(subject.id(), Set.of());
    for (String key : works.neighbours().gone(experiment)) {
      for (ResourceID other : works.interests().of(subject.namespace(), key)) {
        works.wakes().wake(other);
      }
    }
  }

  private Optional<Whereabouts> whereabouts(Subject subject) {
    return works
        .configuration()
        .current()
        .tenant(subject.namespace())
        .map(tenant -> Grants.whereabouts(subject.namespace(), tenant));
  }

  private void endRun(Subject subject, Whereabouts where) {
    var unused = works.mirror().track(subject.id(), where, Runs.killed(subject, where));
  }
}

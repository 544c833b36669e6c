package dev.supcon.operator.mirror;

import dev.supcon.contract.step.StepFailure;
import dev.supcon.services.store.Checkpoints;
import dev.supcon.services.store.Lookup;
import dev.supcon.services.store.ObjectStore;
import dev.supcon.services.store.StepStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** What is asked of a tenant's store. */
final class StoreQuestions {
  private static final long NONE = -1;

  private final StoreClients stores;
  private final InstantSource clock;
  private final RecentHits recent;

  StoreQuestions(StoreClients stores, InstantSource clock) {
    this.stores = stores;
    this.clock = clock;
    this.recent = new RecentHits(clock);
  }

  Look result(ResultKey at) throws Trouble {
    Instant began = clock.instant();
    return ask(
        at,
        store ->
            switch (new StepStore(store, at.key()).lookup(recent.of(at.tenant()))) {
              case Lookup.Hit hit -> {
                recent.seen(at, hit.digest());
                yield new Look.Hit(
                    hit.manifest().report(), hit.manifest().attempt(), hit.digest(), began);
              }
              case Lookup.Miss miss ->
                  new Look.Miss(
                      miss.reason().word(), miss.detail(), newestCheckpoint(store, at), began);
            });
  }

  private static long newestCheckpoint(ObjectStore store, ResultKey at) {
    return new Checkpoints(store, at.key(), damaged -> {})
        .numbers().stream().findFirst().orElse(NONE);
  }

  Optional<StepProgress> progress(ResultKey at) throws Trouble {
    return ask(
        at,
        store ->
            new StepStore(store, at.key())
                .progress()
                .map(
                    said ->
                        new StepProgress(
                            said.attempt(),
                            said.fraction(),
                            said.doing(),
                            Instant.ofEpochMilli(said.atMillis()))));
  }

  private <T> T ask(ResultKey at, Question<T> question) throws Trouble {
    try {
      return question.of(stores.of(at.tenant()));
    } catch (StepFailure e) {
      throw Trouble.of(e);
    }
  }

  private interface Question<T> {
    T of(ObjectStore store);
  }
}

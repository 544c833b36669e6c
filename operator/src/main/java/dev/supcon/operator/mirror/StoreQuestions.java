package dev.supcon.operator.mirror;

import dev.supcon.contract.step.StepFailure;
import dev.supcon.services.store.Lookup;
import dev.supcon.services.store.StepStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** What is asked of a tenant's store. */
record StoreQuestions(StoreClients stores, InstantSource clock) {

  Result result(ResultKey at) throws Trouble {
    Instant began = clock.instant();
    return ask(
        at,
        store ->
            switch (store.lookup()) {
              case Lookup.Hit hit ->
                  new Result.Hit(
                      hit.manifest().report(), hit.manifest().attempt(), hit.digest(), began);
              case Lookup.Miss miss ->
                  new Result.Miss(miss.reason().word(), miss.detail(), began);
            });
  }

  Optional<StepProgress> progress(ResultKey at) throws Trouble {
    return ask(
        at,
        store ->
            store
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
      return question.of(new StepStore(stores.of(at.tenant()), at.key()));
    } catch (StepFailure e) {
      throw Trouble.of(e);
    }
  }

  private interface Question<T> {
    T of(StepStore store);
  }
}

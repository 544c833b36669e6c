package dev.supcon.operator.mirror;

import dev.supcon.contract.step.StepFailure;
import dev.supcon.services.store.Lookup;
import dev.supcon.services.store.ObjectStore;
import dev.supcon.services.store.StepResult;
import dev.supcon.services.store.StepStore;
import dev.supcon.services.track.MlflowLedger;
import dev.supcon.services.track.RunLog;
import dev.supcon.services.track.RunName;
import dev.supcon.services.track.TrackerAway;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * One telling of an experiment's run to its tracking server.
 *
 * @param notice is told in one line what the server refuses
 */
record RunTelling(
    StoreClients stores, Credentials credentials, InstantSource clock, Consumer<String> notice) {

  /**
   * Tells what is new.
   *
   * @return where it can be read
   */
  Told.Page tell(Whereabouts tenant, RunWish wish, Optional<RunWish> told) throws Trouble {
    RunName name = new RunName(wish.run().experiment(), wish.run().tags());
    try (MlflowLedger ledger =
        new MlflowLedger(tenant.mlflow(), credentials.mlflow(), clock, notice)) {
      String page = ledger.begin(name);
      if (told.isEmpty()) {
        ledger.params(name, wish.params());
      }
      ledger.tags(name, missing(wish.links(), told.map(RunWish::links)));
      ledger.metrics(name, missing(wish.metrics(), told.map(RunWish::metrics)));
      List<EndedAttempt> before = told.map(RunWish::attempts).orElse(List.of());
      for (EndedAttempt attempt : wish.attempts()) {
        if (!before.contains(attempt)) {
          end(ledger, name, tenant, attempt);
        }
      }
      ledger.killOthers(name, wish.live());
      if (wish.end() != RunWish.End.RUNNING) {
        ledger.end(name, RunLog.Ending.valueOf(wish.end().name()));
      }
      return new Told.Page(page, ledger.newest(name));
    } catch (TrackerAway e) {
      throw Trouble.of(e, tenant.mlflow());
    } catch (StepFailure e) { // an address that is none
      throw Trouble.of(e);
    }
  }

  private static <V> Map<String, V> missing(Map<String, V> wished, Optional<Map<String, V>> told) {
    Map<String, V> missing = new TreeMap<>(wished);
    told.ifPresent(there -> missing.entrySet().removeAll(there.entrySet()));
    return missing;
  }

  private void end(MlflowLedger ledger, RunName name, Whereabouts tenant, EndedAttempt attempt)
      throws TrackerAway, Trouble {
    switch (attempt.how()) {
      case KILLED ->
          ledger.endAttempt(name, attempt.step(), attempt.attempt(), RunLog.Ending.KILLED);
      case FAILED ->
          ledger.endAttempt(name, attempt.step(), attempt.attempt(), RunLog.Ending.FAILED);
      case SUCCEEDED -> replay(ledger, name, tenant, attempt);
    }
  }

  /** A pod's last words may not have reached the server, and its disk is gone; the store is not. */
  private void replay(MlflowLedger ledger, RunName name, Whereabouts tenant, EndedAttempt attempt)
      throws TrackerAway, Trouble {
    if (ledger.complete(name, attempt.step(), attempt.attempt())) {
      return;
    }
    Optional<Curves> curves = curves(stores.of(tenant), attempt);
    if (curves.isPresent()) {
      ledger.replay(
          name,
          new MlflowLedger.Attempt(attempt.step(), attempt.key().hex(), attempt.attempt()),
          curves.get().points(),
          curves.get().headlines());
    } else { // another attempt's result counts: this one said nothing of worth
      ledger.endAttempt(name, attempt.step(), attempt.attempt(), RunLog.Ending.FINISHED);
    }
  }

  /** What the store has of the attempt, if its result is the one that counts. */
  private static Optional<Curves> curves(ObjectStore store, EndedAttempt attempt) throws Trouble {
    try {
      return new StepStore(store, attempt.key()).lookup() instanceof Lookup.Hit hit
              && hit.manifest().attempt().equals(attempt.attempt())
          ? Optional.of(Curves.of(new StepResult(store, hit.manifest())))
          : Optional.empty();
    } catch (StepFailure e) { // not MLflow's fault: its line stays open, and this is tried again
      throw new Trouble(Unknown.Why.REFUSED, String.valueOf(e.getMessage()));
    }
  }

  private record Curves(List<MlflowLedger.Point> points, Map<String, Double> headlines) {
    static Curves of(StepResult result) {
      List<MlflowLedger.Point> points =
          result.points().stream()
              .map(
                  point ->
                      new MlflowLedger.Point(
                          point.name(), point.step(), point.value(), point.atMillis()))
              .toList();
      return new Curves(points, result.manifest().report().metrics());
    }
  }
}

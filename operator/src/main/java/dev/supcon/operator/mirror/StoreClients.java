package dev.supcon.operator.mirror;

import dev.supcon.contract.step.StepFailure;
import dev.supcon.services.store.ObjectStore;
import dev.supcon.services.store.Stores;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** One open store for each tenant, opened anew when its credentials change. */
final class StoreClients {
  /** Longer than any errand that may still use the store. */
  private static final Duration LINGER = Duration.ofMinutes(10);

  private final Credentials credentials;
  private final ScheduledExecutorService timer;
  private final Map<Whereabouts, Opened> opened = new HashMap<>();

  StoreClients(Credentials credentials, ScheduledExecutorService timer) {
    this.credentials = credentials;
    this.timer = timer;
  }

  synchronized ObjectStore of(Whereabouts tenant) throws Trouble {
    try {
      Map<String, String> environment = credentials.s3(tenant);
      Opened there = opened.get(tenant);
      if (there != null && there.environment().equals(environment)) {
        return there.store();
      }
      Opened fresh = new Opened(Stores.open(tenant.store(), environment), environment);
      Opened old = opened.put(tenant, fresh);
      if (old != null) {
        var unused = timer.schedule(old.store()::close, LINGER.toSeconds(), TimeUnit.SECONDS);
      }
      return fresh.store();
    } catch (StepFailure e) {
      throw Trouble.of(e);
    }
  }

  private record Opened(ObjectStore store, Map<String, String> environment) {}
}

package dev.supcon.operator.reconcile;

import dev.supcon.contract.spec.Violation;
import dev.supcon.operator.config.LiveConfiguration;
import dev.supcon.operator.mirror.Mirror;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** What happens now and then, from the beginning to the end. */
@Singleton
final class Life {
  private static final Logger LOG = Logger.getLogger("dev.supcon.operator");
  private static final Duration REREAD = Duration.ofSeconds(5);
  private static final Duration COUNT = Duration.ofSeconds(10);

  private final LiveConfiguration configuration;
  private final Mirror mirror;
  private final EventLog events;
  private final Wakes wakes;
  private final Heartbeat heartbeat;
  private final Census census;
  private final Meters meters;
  private final AtomicInteger valid;
  private final ScheduledExecutorService timer =
      Executors.newScheduledThreadPool(
          2, Thread.ofPlatform().daemon().name("now-and-then-", 0).factory());

  @Inject
  Life(Works works, Heartbeat heartbeat, Census census, Meters meters) {
    this.configuration = works.configuration();
    this.mirror = works.mirror();
    this.events = works.journal().events();
    this.wakes = works.wakes();
    this.heartbeat = heartbeat;
    this.census = census;
    this.meters = meters;
    this.valid = meters.flag("supcon.config.valid");
  }

  /** Before the controllers start: the first reconcile finds a configuration. */
  void begin(
      @Observes StartupEvent started,
      @ConfigProperty(name = "quarkus.application.version", defaultValue = "unknown")
          String version) {
    meters.version(version);
    reread();
    every(REREAD, this::reread);
    every(COUNT, census::count);
    var unused =
        timer.scheduleWithFixedDelay(
            heartbeat::beat, 0, Heartbeat.BEAT.toSeconds(), TimeUnit.SECONDS);
  }

  private void every(Duration pause, Runnable action) {
    var unused =
        timer.scheduleWithFixedDelay(
            action, pause.toSeconds(), pause.toSeconds(), TimeUnit.SECONDS);
  }

  private void reread() {
    switch (configuration.reread()) {
      case LiveConfiguration.Change.None ignored -> {}
      case LiveConfiguration.Change.Taken taken -> {
        LOG.infof(
            "The configuration holds: %d namespaces, %d runtimes.",
            taken.configuration().namespaces().size(), taken.configuration().runtimes().size());
        meters.configuration(true);
        valid.set(1);
        census.unfinished().forEach(wakes::wake);
      }
      case LiveConfiguration.Change.Refused refused -> {
        for (Violation violation : refused.violations()) {
          LOG.errorf("The configuration is refused, the one before holds on: %s", violation.line());
        }
        meters.configuration(false);
        valid.set(0);
      }
    }
  }

  void end(@Observes ShutdownEvent stopping) {
    timer.shutdownNow();
    heartbeat.close();
    events.close();
    mirror.close();
  }
}

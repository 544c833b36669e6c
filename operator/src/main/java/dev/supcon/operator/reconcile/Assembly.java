package dev.supcon.operator.reconcile;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.supcon.operator.config.LiveConfiguration;
import dev.supcon.operator.mirror.Mirror;
import dev.supcon.operator.mirror.MirrorSettings;
import dev.supcon.operator.trace.TraceIds;
import dev.supcon.operator.trace.Traces;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import io.javaoperatorsdk.operator.api.monitoring.AggregatedMetrics;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.opentelemetry.api.OpenTelemetry;
import io.quarkus.kubernetes.client.KubernetesClientObjectMapper;
import io.quarkus.runtime.Quarkus;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/** What the operator is made of, and from what. */
@Singleton
final class Assembly {
  private static final Logger LOG = Logger.getLogger("dev.supcon.operator");

  /** A replica that dies is missed for that long, while Jobs go on by themselves. */
  private static final Duration LEASE = Duration.ofSeconds(45);

  /**
   * Each is a read and a write: the SDK's two seconds would be most of what an operator at rest
   * asks.
   */
  private static final Duration RENEWAL = Duration.ofSeconds(10);

  @Produces
  @Singleton
  InstantSource clock() {
    return InstantSource.system();
  }

  @Produces
  @Singleton
  KubernetesSerialization serialization(@KubernetesClientObjectMapper ObjectMapper mapper) {
    return new ObjectCopies(mapper);
  }

  @Produces
  @Singleton
  Wakes wakes() {
    return new Wakes();
  }

  @Produces
  @Singleton
  LiveConfiguration configuration(Settings settings) {
    return new LiveConfiguration(settings.configuration());
  }

  @Produces
  @Singleton
  Meters meters(MeterRegistry registry) {
    return new Meters(registry);
  }

  @Produces
  @Singleton
  Census census(MeterRegistry registry, Meters meters, InstantSource clock) {
    return new Census(registry, meters, clock);
  }

  @Produces
  @Singleton
  Mirror mirror(
      Settings settings, InstantSource clock, Wakes wakes, Meters meters, KubernetesClient client) {
    Mirror mirror =
        new Mirror(
            new MirrorSettings(
                settings.credentials(),
                clock,
                wakes::wake,
                meters::called,
                new PodLog(client),
                LOG::warn));
    meters.watch(mirror);
    return mirror;
  }

  @Produces
  @Singleton
  Heartbeat heartbeat(
      KubernetesClient client, Settings settings, InstantSource clock, Meters meters) {
    Heartbeat heartbeat = new Heartbeat(client, settings.namespace(), clock);
    meters.watch(heartbeat);
    return heartbeat;
  }

  @Produces
  @Singleton
  Journal journal(
      KubernetesClient client,
      Settings settings,
      InstantSource clock,
      Meters meters,
      Traces traces) {
    return new Journal(new EventLog(client, settings.pod(), clock), meters, traces);
  }

  @Produces
  @Singleton
  TraceIds traceIds() {
    return new TraceIds();
  }

  /** Which does nothing, unless the administrator says where traces go. */
  @Produces
  @Singleton
  Traces traces(OpenTelemetry telemetry) {
    return new Traces(telemetry.getTracer("dev.supcon.operator"));
  }

  @Produces
  @Singleton
  Works works(
      LiveConfiguration configuration,
      Mirror mirror,
      KubernetesClient client,
      Wakes wakes,
      Journal journal) {
    InstantSource clock = clock();
    return new Works(
        configuration,
        mirror,
        new JobWrites(client),
        new Interests(),
        new Neighbours(),
        new Turns(wakes::wake),
        new Slots(clock),
        new Readings(),
        new LastWrites(),
        wakes,
        journal,
        clock);
  }

  /** Without a label for each object: their number has no bound. */
  @Produces
  @Singleton
  Metrics sdkMetrics(MeterRegistry registry, Works works) {
    return new AggregatedMetrics(
        List.of(
            MicrometerMetrics.withoutPerResourceMetrics(registry),
            new Departures(new Farewell(works)::to)));
  }

  /** The SDK counts retries in a label, and ours have no end. */
  @Produces
  @Singleton
  MeterFilter retries() {
    return MeterFilter.ignoreTags("reconciliations.retries.number");
  }

  @Produces
  @Singleton
  LeaderElectionConfiguration leaderElection(Settings settings, Meters meters) {
    AtomicInteger leads = meters.flag("supcon.leader");
    return LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(settings.lease())
        .withLeaseNamespace(settings.namespace())
        .withIdentity(settings.pod())
        .withLeaseDuration(LEASE)
        .withRenewDeadline(LEASE.minusSeconds(15))
        .withRetryPeriod(RENEWAL)
        .withExitOnStopLeading(false)
        .withLeaderCallbacks(
            new LeaderCallbacks(() -> leads.set(1), () -> resign(leads), leader -> {}))
        .build();
  }

  /**
   * A replica that leads no more ends itself. By the SDK's own way, {@code System.exit}, it hangs
   * where it is ending already: this is called while it is.
   */
  private static void resign(AtomicInteger leads) {
    leads.set(0);
    Quarkus.asyncExit(1);
  }
}

package dev.supcon.operator.reconcile;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Fails when our watches hear nothing although there is something to hear. */
@Liveness
@Singleton
final class WatchHealth implements HealthCheck {
  private final Heartbeat heartbeat;

  @Inject
  WatchHealth(Heartbeat heartbeat) {
    this.heartbeat = heartbeat;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("watch")
        .status(!heartbeat.pulse().deaf())
        .withData("secondsSinceHeartbeatWasSeen", heartbeat.pulse().age().toSeconds())
        .build();
  }
}

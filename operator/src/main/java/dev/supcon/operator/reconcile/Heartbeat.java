package dev.supcon.operator.reconcile;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Objects;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * An object of our own that is written every half minute and seen through a watch: a watch can be
 * deaf without any error, and then nothing is reconciled and nobody knows.
 */
final class Heartbeat implements AutoCloseable {
  static final Duration BEAT = Duration.ofSeconds(30);

  private static final Logger LOG = Logger.getLogger(Heartbeat.class);
  private static final String NAME = "supcon-operator-heartbeat";
  private static final PatchContext APPLY =
      new PatchContext.Builder()
          .withPatchType(PatchType.SERVER_SIDE_APPLY)
          .withFieldManager(StatusWrite.FIELD_MANAGER)
          .withForce(true)
          .build();

  private final KubernetesClient client;
  private final String namespace;
  private final InstantSource clock;
  private final Pulse pulse;
  private @Nullable SharedIndexInformer<Lease> informer;

  Heartbeat(KubernetesClient client, String namespace, InstantSource clock) {
    this.client = client;
    this.namespace = namespace;
    this.clock = clock;
    this.pulse = new Pulse(clock);
  }

  Pulse pulse() {
    return pulse;
  }

  /** Writes once; a server that is away is not our watch's fault. */
  void beat() {
    Instant before = clock.instant();
    try {
      if (informer == null) {
        informer = client.leases().inNamespace(namespace).withName(NAME).inform(new Seen(pulse));
      }
      client.resource(lease(before)).patch(APPLY);
      pulse.wrote(before);
    } catch (KubernetesClientException e) {
      LOG.warnf("The heartbeat cannot be written: %s", e.getMessage());
    }
  }

  private Lease lease(Instant now) {
    return new LeaseBuilder()
        .withNewMetadata()
        .withName(NAME)
        .withNamespace(namespace)
        .endMetadata()
        .withNewSpec()
        .withRenewTime(ZonedDateTime.ofInstant(now, ZoneOffset.UTC))
        .endSpec()
        .build();
  }

  @Override
  public void close() {
    if (informer != null) {
      informer.close();
    }
  }

  private record Seen(Pulse pulse) implements ResourceEventHandler<Lease> {
    @Override
    public void onAdd(Lease lease) {
      pulse.heard();
    }

    /** A resync repeats what the cache has: only another version came through the watch. */
    @Override
    public void onUpdate(Lease old, Lease lease) {
      if (!Objects.equals(
          old.getMetadata().getResourceVersion(), lease.getMetadata().getResourceVersion())) {
        pulse.heard();
      }
    }

    @Override
    public void onDelete(Lease lease, boolean finalStateUnknown) {
      pulse.heard();
    }
  }
}

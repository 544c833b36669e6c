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
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * An object of our own that is written every half minute and seen through a watch: a watch can be
 * deaf without any error, and then nothing is reconciled and nobody knows.
 */
final class Heartbeat implements AutoCloseable {
  static final Duration BEAT = Duration.ofSeconds(30);

  /** Three beats. */
  static final Duration DEAF = Duration.ofSeconds(90);

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
  private volatile Instant seen;
  private volatile Optional<Instant> unseen = Optional.empty(); // the first write not seen since
  private @Nullable SharedIndexInformer<Lease> informer;

  Heartbeat(KubernetesClient client, String namespace, InstantSource clock) {
    this.client = client;
    this.namespace = namespace;
    this.clock = clock;
    this.seen = clock.instant();
  }

  /** Writes once; a server that is away is not our watch's fault. */
  void beat() {
    Instant before = clock.instant();
    try {
      if (informer == null) {
        informer = client.leases().inNamespace(namespace).withName(NAME).inform(new Seen());
      }
      client.resource(lease()).patch(APPLY);
      if (unseen.isEmpty() && seen.isBefore(before)) { // else it was seen while the answer came
        unseen = Optional.of(before);
      }
    } catch (KubernetesClientException e) {
      LOG.warnf("The heartbeat cannot be written: %s", e.getMessage());
    }
  }

  private Lease lease() {
    return new LeaseBuilder()
        .withNewMetadata()
        .withName(NAME)
        .withNamespace(namespace)
        .endMetadata()
        .withNewSpec()
        .withRenewTime(ZonedDateTime.ofInstant(clock.instant(), ZoneOffset.UTC))
        .endSpec()
        .build();
  }

  /** Since when the object was last seen. */
  Duration age() {
    return Duration.between(seen, clock.instant());
  }

  /** Whether a write was not seen for too long. */
  boolean deaf() {
    return unseen.filter(since -> since.plus(DEAF).isBefore(clock.instant())).isPresent();
  }

  @Override
  public void close() {
    if (informer != null) {
      informer.close();
    }
  }

  private final class Seen implements ResourceEventHandler<Lease> {
    @Override
    public void onAdd(Lease lease) {
      heard();
    }

    @Override
    public void onUpdate(Lease old, Lease lease) {
      if (!String.valueOf(old.getMetadata().getResourceVersion())
          .equals(lease.getMetadata().getResourceVersion())) {
        heard();
      }
    }

    @Override
    public void onDelete(Lease lease, boolean finalStateUnknown) {
      heard();
    }

    private void heard() {
      seen = clock.instant();
      unseen = Optional.empty();
    }
  }
}

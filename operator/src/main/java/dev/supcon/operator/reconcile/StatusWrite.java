package dev.supcon.operator.reconcile;

import dev.supcon.operator.api.ExperimentStatus;
import dev.supcon.operator.api.SupConExperiment;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.net.HttpURLConnection;
import java.util.Optional;

/**
 * The one write of status: all of it, applied by the server, and only on the version that was read.
 */
final class StatusWrite {
  static final String FIELD_MANAGER = "supcon-operator";
  private static final PatchContext APPLY =
      new PatchContext.Builder()
          .withPatchType(PatchType.SERVER_SIDE_APPLY)
          .withFieldManager(FIELD_MANAGER)
          .withForce(true)
          .build();

  private StatusWrite() {}

  /**
   * @return what is stored now; empty when the object has changed since it was read, so that all is
   *     to be looked at anew
   */
  static Optional<SupConExperiment> write(
      SupConExperiment read, ExperimentStatus status, Context<SupConExperiment> context) {
    try {
      SupConExperiment written =
          context.getClient().resource(applied(read, status)).subresource("status").patch(APPLY);
      context
          .eventSourceRetriever()
          .getControllerEventSource()
          .handleRecentResourceUpdate(ResourceID.fromResource(read), written, read);
      return Optional.of(written);
    } catch (KubernetesClientException e) {
      boolean changed = e.getCode() == HttpURLConnection.HTTP_CONFLICT;
      boolean gone = e.getCode() == HttpURLConnection.HTTP_NOT_FOUND;
      if (changed || gone) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static SupConExperiment applied(SupConExperiment read, ExperimentStatus status) {
    SupConExperiment applied = new SupConExperiment();
    applied.setMetadata(
        new ObjectMetaBuilder()
            .withName(read.getMetadata().getName())
            .withNamespace(read.getMetadata().getNamespace())
            .withUid(read.getMetadata().getUid())
            .withResourceVersion(read.getMetadata().getResourceVersion())
            .build());
    applied.setStatus(status);
    return applied;
  }
}

package dev.supcon.operator.reconcile;

import dev.supcon.operator.api.ExperimentStatus;
import dev.supcon.operator.api.SupConExperiment;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;

/**
 * The one write of status: all of it is replaced, and only on the version that was read. It has one
 * writer, so that to apply it would only have the server read and merge it more slowly.
 */
final class StatusWrite {
  static final String FIELD_MANAGER = "supcon-operator";
  private static final int UNPROCESSABLE = 422;

  private StatusWrite() {}

  /** What became of it. */
  sealed interface Answer {
    /** It is stored. */
    record Stored(SupConExperiment experiment) implements Answer {}

    /** The object has changed since it was read, or is gone: all is to be looked at anew. */
    record Stale() implements Answer {}

    /**
     * No status will be taken as long as the object is what it is: its spec, stored past the CRD,
     * breaks a rule that the server cannot even evaluate.
     */
    record Refused(String why) implements Answer {}
  }

  static Answer write(SupConExperiment read, ExperimentStatus status, KubernetesClient client) {
    try {
      ObjectMeta written =
          new MetadataCall(client, read).putStatus(replacement(read, status), FIELD_MANAGER);
      return new Answer.Stored(ObjectCopies.with(read, written, status));
    } catch (KubernetesClientException e) {
      return switch (e.getCode()) {
        case HttpURLConnection.HTTP_CONFLICT, HttpURLConnection.HTTP_NOT_FOUND ->
            new Answer.Stale();
        case UNPROCESSABLE -> new Answer.Refused(String.valueOf(e.getMessage()));
        default -> throw e;
      };
    }
  }

  /** The server takes nothing else of it. */
  private static SupConExperiment replacement(SupConExperiment read, ExperimentStatus status) {
    SupConExperiment replacement = new SupConExperiment();
    replacement.setMetadata(
        new ObjectMetaBuilder()
            .withName(read.getMetadata().getName())
            .withNamespace(read.getMetadata().getNamespace())
            .withUid(read.getMetadata().getUid())
            .withResourceVersion(read.getMetadata().getResourceVersion())
            .build());
    replacement.setStatus(status);
    return replacement;
  }
}

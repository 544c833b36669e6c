package dev.supcon.operator.reconcile;

import dev.supcon.operator.api.SupConExperiment;
import io.fabric8.kubernetes.api.model.DeleteOptions;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Optional;

/** Creates and deletes Jobs; both may be said twice. */
record JobWrites(KubernetesClient client) {

  /**
   * Whether the experiment is still there, with the spec that was read. A cache may show it for a
   * while after it is gone, and its Jobs as gone already: they would be made again for nobody.
   */
  boolean wanted(SupConExperiment read) {
    try {
      ObjectMeta now = new MetadataCall(client, read).get();
      return now.getUid().equals(read.getMetadata().getUid())
          && now.getDeletionTimestamp() == null
          && now.getGeneration().equals(read.getMetadata().getGeneration());
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
        return false;
      }
      throw e;
    }
  }

  /**
   * Makes it under its own name, never another; what is there already is not touched.
   *
   * @return the Job that has the name now: this one, it again when the answer to an earlier write
   *     was lost, or one of another owner; its owner reference says whose it is
   */
  Job create(Job job) {
    try {
      return client.resource(job).create();
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        throw e;
      }
      return Optional.ofNullable(client.resource(job).get()).orElseThrow(() -> e);
    }
  }

  /** Deletes the Jobs of these names. */
  void deleteAll(List<String> names, List<Job> jobs) {
    jobs.stream().filter(job -> names.contains(job.getMetadata().getName())).forEach(this::delete);
  }

  /**
   * Deletes this very Job, and before it its pods: as long as one acts, the Job is there to see.
   */
  void delete(Job job) {
    DeleteOptions options =
        new DeleteOptionsBuilder()
            .withNewPreconditions()
            .withUid(job.getMetadata().getUid())
            .endPreconditions()
            .withPropagationPolicy("Foreground")
            .build();
    String path =
        "/apis/batch/v1/namespaces/%s/jobs/%s"
            .formatted(job.getMetadata().getNamespace(), job.getMetadata().getName());
    try {
      client.raw(path, "DELETE", options);
    } catch (KubernetesClientException e) {
      boolean gone = e.getCode() == HttpURLConnection.HTTP_NOT_FOUND;
      boolean another = e.getCode() == HttpURLConnection.HTTP_CONFLICT;
      if (!gone && !another) {
        throw e;
      }
    }
  }
}

package dev.supcon.operator.reconcile;

import dev.supcon.operator.api.SupConExperiment;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.utils.URLUtils;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A call about an experiment that is answered with its metadata alone: the rest is known, and is
 * twelve kilobytes that the server would write and we would read.
 */
record MetadataCall(KubernetesClient client, SupConExperiment about) {
  private static final String METADATA =
      "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1";

  /** What there is. */
  ObjectMeta get() {
    return send(request("").method("GET", null, null));
  }

  /** What there is after {@code replacement} has become its status. */
  ObjectMeta putStatus(SupConExperiment replacement, String manager) {
    String json = client.getKubernetesSerialization().asJson(replacement);
    return send(request("/status?fieldManager=" + manager).method("PUT", "application/json", json));
  }

  private HttpRequest.Builder request(String more) {
    ObjectMeta meta = about.getMetadata();
    String path =
        "%s/namespaces/%s/%s/%s%s"
            .formatted(
                "apis/" + about.getApiVersion(),
                meta.getNamespace(),
                HasMetadata.getPlural(SupConExperiment.class),
                URLUtils.encodeToUTF(meta.getName()),
                more);
    return client
        .getHttpClient()
        .newHttpRequestBuilder()
        .uri(URI.create(URLUtils.join(client.getMasterUrl().toString(), path)))
        .header("Accept", METADATA);
  }

  private ObjectMeta send(HttpRequest.Builder request) {
    HttpResponse<byte[]> answer = answer(request.build());
    if (!answer.isSuccessful()) {
      Status why = read(answer, Status.class);
      throw new KubernetesClientException(why.getMessage(), answer.code(), why);
    }
    return read(answer, Envelope.class).metadata();
  }

  private HttpResponse<byte[]> answer(HttpRequest request) {
    try {
      int limit = client.getConfiguration().getRequestTimeout();
      return client
          .getHttpClient()
          .sendAsync(request, byte[].class)
          .get(limit, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KubernetesClientException("interrupted", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new KubernetesClientException("no answer from the API server", e);
    }
  }

  private <T> T read(HttpResponse<byte[]> answer, Class<T> type) {
    String text = new String(answer.body(), StandardCharsets.UTF_8);
    return client.getKubernetesSerialization().unmarshal(text, type);
  }

  /** A PartialObjectMetadata. */
  record Envelope(ObjectMeta metadata) {}
}

package dev.supcon.operator.reconcile;

import dev.supcon.operator.mirror.LastLines;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;

/** The end of a pod's log, by the API server. */
record PodLog(KubernetesClient client) implements LastLines {
  private static final int LINES = 200;
  private static final int BYTES = 1 << 16;

  @Override
  public Optional<String> of(String namespace, String pod) {
    try {
      return Optional.ofNullable(
          client
              .pods()
              .inNamespace(namespace)
              .withName(pod)
              .limitBytes(BYTES)
              .tailingLines(LINES)
              .getLog());
    } catch (KubernetesClientException e) { // its node is away, or it never ran
      return Optional.empty();
    }
  }
}

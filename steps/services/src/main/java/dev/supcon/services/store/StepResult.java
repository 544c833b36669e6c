package dev.supcon.services.store;

import dev.supcon.contract.step.StepKey;
import java.util.List;
import java.util.Optional;

/**
 * A finished step's result, to be read.
 *
 * @param manifest as a lookup found it
 */
public record StepResult(ObjectStore store, Manifest manifest) {

  /**
   * A file of the result, whole; empty when the step wrote none of that name.
   *
   * @param name relative, such as {@code views.png}
   */
  public Optional<byte[]> bytes(String name) {
    return manifest.blobs().stream()
        .filter(blob -> blob.name().equals(name))
        .findFirst()
        .flatMap(blob -> store.read(folder() + name, Math.toIntExact(blob.size())))
        .map(ObjectStore.Content::bytes);
  }

  private String folder() {
    return new StepLayout(key()).result(manifest.attempt());
  }

  private StepKey key() {
    return manifest.key();
  }

  /** The points of its curves, by time of writing. */
  public List<MetricPoint> points() {
    MetricParts parts = new MetricParts(store, key(), manifest.attempt());
    parts.restore(manifest.metrics());
    return parts.points();
  }
}

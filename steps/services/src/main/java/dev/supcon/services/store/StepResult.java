package dev.supcon.services.store;

import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import dev.supcon.contract.step.StepKey;
import java.nio.file.Path;
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

  /**
   * All files of the result, every byte compared with its hash.
   *
   * @param into folder to which they are downloaded when the store's objects are no files
   * @return the folder that holds them, read-only
   */
  public Path files(Path into) {
    BlobFetch fetch = new BlobFetch(store);
    fetch
        .bring(folder(), manifest.blobs(), into)
        .ifPresent(
            fault -> {
              throw new StepFailure(
                  ExitCode.STORE_UNREACHABLE,
                  "The result of step %s in %s is damaged (%s); run again, and it is made again."
                      .formatted(key().brief(), store.location(), fault.detail()));
            });
    return fetch.folder(folder(), into);
  }

  /** The points of its curves, by time of writing. */
  public List<MetricPoint> points() {
    MetricParts parts = new MetricParts(store, key(), manifest.attempt());
    parts.restore(manifest.metrics());
    return parts.points();
  }
}

package dev.supcon.services.store;

import dev.supcon.contract.step.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/** Compares blobs with what a manifest or commit says of them. */
record BlobCheck(ObjectStore store, Depth depth) {

  /** How much is looked at. */
  enum Depth {
    /** Size and ETag; the bytes only where the ETag is another one, as in a copied store. */
    HEAD,
    /** Every byte. */
    BYTES
  }

  /** The first blob below {@code folder} that is not as it should be. */
  Optional<BlobFault> firstFault(String folder, List<Blob> blobs) {
    for (Blob blob : blobs) {
      Optional<BlobFault> fault = fault(folder, blob);
      if (fault.isPresent()) {
        return fault;
      }
    }
    return Optional.empty();
  }

  private Optional<BlobFault> fault(String folder, Blob blob) {
    Optional<ObjectStore.Head> found = store.head(folder + blob.name());
    if (found.isEmpty()) {
      return Optional.of(BlobFault.gone(blob));
    }
    ObjectStore.Head head = found.get();
    if (head.size() != blob.size()) {
      return Optional.of(BlobFault.resized(blob, head.size()));
    }
    boolean sure = depth == Depth.HEAD && head.etag().equals(blob.etag());
    return sure || blob.sha256().equals(sha256(folder + blob.name()))
        ? Optional.empty()
        : Optional.of(BlobFault.altered(blob));
  }

  private String sha256(String key) {
    try (InputStream in = store.open(key).orElseGet(InputStream::nullInputStream)) {
      return Sha256.of(in);
    } catch (IOException e) { // the store's streams throw StepFailure instead
      throw new UncheckedIOException(e);
    }
  }
}

package dev.supcon.services.store;

import dev.supcon.contract.step.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Brings blobs to where a program can map them, and lets no byte pass that was not written. */
record BlobFetch(ObjectStore store) {

  /** The folder that the blobs are in after {@link #bring}: the store's own or {@code into}. */
  Path folder(String prefix, Path into) {
    return store.localPath(prefix + "x").map(DurableFiles::folderOf).orElse(into);
  }

  /** Downloads unless the store's objects are files; the first blob that is not whole, if any. */
  Optional<BlobFault> bring(String prefix, List<Blob> blobs, Path into) {
    if (!folder(prefix, into).equals(into)) {
      return new BlobCheck(store, BlobCheck.Depth.BYTES).firstFault(prefix, blobs);
    }
    for (Blob blob : blobs) {
      Optional<BlobFault> fault = download(prefix, blob, into.resolve(blob.name()));
      if (fault.isPresent()) {
        return fault;
      }
    }
    return Optional.empty();
  }

  private Optional<BlobFault> download(String prefix, Blob blob, Path target) {
    Optional<InputStream> found = store.open(prefix + blob.name());
    if (found.isEmpty()) {
      return Optional.of(BlobFault.gone(blob));
    }
    Sha256 sha256 = new Sha256();
    try (InputStream in = sha256.hashed(found.get())) {
      DurableFiles.makeFolder(DurableFiles.folderOf(target));
      Files.deleteIfExists(target);
      Files.copy(in, target);
    } catch (IOException e) {
      throw FolderFailures.of(DurableFiles.folderOf(target), e);
    }
    return sha256.hex().equals(blob.sha256())
        ? Optional.empty()
        : Optional.of(BlobFault.altered(blob));
  }
}

package dev.supcon.services.store;

import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import dev.supcon.contract.step.StepKey;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Results of finished steps as folders on this disk, every byte verified once in the life of this
 * object. Where the store is a folder nothing is copied.
 */
public final class InputFolders {
  private static final int TRIES = 2; // a broken download is no damaged result

  private final ObjectStore store;
  private final FolderStore cache;
  private final Map<String, List<ObjectStore.Head>> verified = new ConcurrentHashMap<>();

  /**
   * @param cache where downloads lie, by the digest of the manifest; safe to remove at any time
   */
  public InputFolders(ObjectStore store, Path cache) {
    this.store = store;
    this.cache = new FolderStore(cache);
  }

  /**
   * The result of a step.
   *
   * @throws StepFailure {@code NO_INPUT} when the step is not done; {@code STORE_UNREACHABLE} when
   *     its result turns out damaged, which is then put out of use so that the next run makes it
   *     anew
   */
  public Input of(StepKey key) {
    return switch (new StepStore(store, key).lookup()) {
      case Lookup.Hit hit -> new Input(folder(hit), hit.manifest(), hit.digest());
      case Lookup.Miss miss ->
          throw new StepFailure(
              ExitCode.NO_INPUT,
              "The input step %s is not done in %s (%s); run it first."
                  .formatted(
                      key.brief(),
                      store.location(),
                      (miss.reason().word() + " " + miss.detail()).strip()));
    };
  }

  private Path folder(Lookup.Hit hit) {
    Manifest manifest = hit.manifest();
    Place origin = new Place(store, new StepLayout(manifest.key()).result(manifest.attempt()));
    Place here = origin.path().isPresent() ? origin : new Place(cache, hit.digest() + "/");
    synchronized (verified) {
      if (!here.heads(manifest.blobs()).equals(verified.get(hit.digest()))) {
        provide(origin, here, manifest.blobs());
        verified.put(hit.digest(), here.heads(manifest.blobs()));
      }
    }
    return here.path().orElseThrow();
  }

  private void provide(Place origin, Place here, List<Blob> blobs) {
    Optional<BlobFault> fault =
        new BlobCheck(here.store(), BlobCheck.Depth.BYTES).firstFault(here.prefix(), blobs);
    if (fault.isPresent()) {
      if (here.equals(origin)) {
        throw outOfUse(origin, fault.get());
      }
      download(origin, here.path().orElseThrow(), blobs);
    }
  }

  private void download(Place origin, Path target, List<Blob> blobs) {
    try {
      Path fresh = Files.createTempDirectory(DurableFiles.folderOf(target), DurableFiles.TEMP);
      Optional<BlobFault> fault = bring(origin, blobs, fresh);
      if (fault.isPresent()) {
        remove(fresh);
        throw outOfUse(origin, fault.get());
      }
      remove(target);
      moveUnlessThere(fresh, target);
    } catch (IOException e) {
      throw FolderFailures.of(target, e);
    }
  }

  private static Optional<BlobFault> bring(Place origin, List<Blob> blobs, Path into) {
    Optional<BlobFault> fault = Optional.empty();
    for (int tries = 0; tries < TRIES; tries++) {
      fault = new BlobFetch(origin.store()).bring(origin.prefix(), blobs, into);
      if (fault.isEmpty()) {
        return fault;
      }
    }
    return fault;
  }

  /** Another process may have filled the same folder with the same bytes meanwhile. */
  private static void moveUnlessThere(Path fresh, Path target) throws IOException {
    try {
      Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException e) {
      if (!Files.isDirectory(target)) {
        throw e;
      }
      remove(fresh);
    }
  }

  private static void remove(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  /** Without the damaged blob every later look is a miss, and the step is made again. */
  private static StepFailure outOfUse(Place origin, BlobFault fault) {
    String key = origin.prefix() + fault.blob().name();
    origin.store().delete(key);
    return new StepFailure(
        ExitCode.STORE_UNREACHABLE,
        "The stored result %s in %s was damaged (%s) and is removed; start again to make it anew."
            .formatted(key, origin.store().location(), fault.detail()));
  }

  /**
   * A finished step's result.
   *
   * @param folder of its files, read-only
   * @param digest SHA-256 of the manifest
   */
  public record Input(Path folder, Manifest manifest, String digest) {}

  private record Place(ObjectStore store, String prefix) {
    Optional<Path> path() {
      return store.localPath(prefix + "x").map(DurableFiles::folderOf);
    }

    List<ObjectStore.Head> heads(List<Blob> blobs) {
      return blobs.stream().flatMap(blob -> store.head(prefix + blob.name()).stream()).toList();
    }
  }
}

package dev.supcon.services.store;

import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.Sha256;
import dev.supcon.contract.step.StepFailure;
import dev.supcon.contract.step.StepKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiPredicate;

/**
 * The result of one step in a store: whether it is there, and how it gets there.
 *
 * <p>The manifest is written last and by {@code If-None-Match}, so of several attempts one wins and
 * the others adopt its result.
 */
public final class StepStore {
  private static final int PUBLISH_TRIES = 8;
  private static final int MAX_DEPTH = 16; // a plan is five steps deep; a circle would have no end

  private final ObjectStore store;
  private final StepLayout layout;

  public StepStore(ObjectStore store, StepKey key) {
    this.store = store;
    this.layout = new StepLayout(key);
  }

  /** Whether the step is done, by the sizes and ETags of all that its result consists of. */
  public Lookup lookup() {
    return lookup(new Visit(BlobCheck.Depth.HEAD));
  }

  /**
   * The same.
   *
   * @param whole whether an input was found with this digest a moment ago; it is not looked at
   *     again
   */
  public Lookup lookup(BiPredicate<StepKey, String> whole) {
    return lookup(new Visit(BlobCheck.Depth.HEAD, whole, 0, new HashMap<>()));
  }

  /** The same by reading every byte. */
  public Lookup verify() {
    return lookup(new Visit(BlobCheck.Depth.BYTES));
  }

  private Lookup lookup(Visit visit) {
    return readManifest().map(content -> judge(content, visit)).orElseGet(StepStore::noManifest);
  }

  /**
   * One look at a result and all that it was made of. Steps share their inputs: each is looked at
   * once.
   *
   * @param whole whether an input with this digest need not be looked at
   * @param nesting how many steps it went up
   * @param seen the inputs that were looked at
   */
  private record Visit(
      BlobCheck.Depth depth,
      BiPredicate<StepKey, String> whole,
      int nesting,
      Map<StepKey, Lookup> seen) {
    Visit(BlobCheck.Depth depth) {
      this(depth, (input, digest) -> false, 0, new HashMap<>());
    }

    Lookup of(StepKey input, ObjectStore store) {
      Lookup known = seen.get(input);
      if (known == null) {
        known = new StepStore(store, input).lookup(new Visit(depth, whole, nesting + 1, seen));
        seen.put(input, known);
      }
      return known;
    }
  }

  private static Lookup noManifest() {
    return new Lookup.Miss(MissReason.NO_MANIFEST, "");
  }

  private Optional<ObjectStore.Content> readManifest() {
    return store.read(layout.manifest(), Manifest.MAX_BYTES + 1);
  }

  private Lookup judge(ObjectStore.Content content, Visit visit) {
    Manifest manifest;
    try {
      manifest = parse(content.bytes());
    } catch (IOException e) {
      return new Lookup.Miss(MissReason.MANIFEST_DAMAGED, firstLine(e));
    }
    BlobCheck check = new BlobCheck(store, visit.depth());
    Optional<Lookup.Miss> fault =
        check
            .firstFault(layout.result(manifest.attempt()), manifest.blobs())
            .or(() -> check.firstFault(layout.folder(), manifest.metrics()))
            .map(BlobFault::miss)
            .or(() -> replacedInput(manifest, visit));
    return fault.isPresent() ? fault.get() : new Lookup.Hit(manifest, Sha256.of(content.bytes()));
  }

  private Manifest parse(byte[] bytes) throws IOException {
    if (bytes.length > Manifest.MAX_BYTES) {
      throw new IOException("larger than " + Manifest.MAX_BYTES + " bytes");
    }
    Manifest manifest = Json.read(bytes, Manifest.class);
    if (!manifest.key().equals(layout.key())) {
      throw new IOException("it is the manifest of step " + manifest.key().brief());
    }
    return manifest;
  }

  private Optional<Lookup.Miss> replacedInput(Manifest manifest, Visit visit) {
    if (visit.nesting() == MAX_DEPTH) {
      return Optional.of(
          new Lookup.Miss(MissReason.MANIFEST_DAMAGED, "its inputs lead back to itself"));
    }
    for (Map.Entry<String, String> input : new TreeMap<>(manifest.inputs()).entrySet()) {
      StepKey key = new StepKey(input.getKey());
      if (visit.whole().test(key, input.getValue())) {
        continue;
      }
      String fault =
          switch (visit.of(key, store)) {
            case Lookup.Hit hit when hit.digest().equals(input.getValue()) -> "";
            case Lookup.Hit other -> "step " + key.brief() + " was made again";
            case Lookup.Miss miss ->
                "step " + key.brief() + ": " + miss.reason().word() + " " + miss.detail();
          };
      if (!fault.isEmpty()) {
        return Optional.of(new Lookup.Miss(MissReason.INPUT_REPLACED, fault.strip()));
      }
    }
    return Optional.empty();
  }

  private static String firstLine(IOException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  /**
   * Makes the files of a folder the result of the step; what other attempts left in a store of
   * objects that are no files goes.
   *
   * @param files everything below becomes part of the result
   * @return what is the step's result from now on: this attempt's or that of one that was faster
   */
  public Lookup.Hit publish(String attempt, Path files, Outcome outcome) {
    List<Blob> blobs = new BlobUpload(store).all(files, layout.result(attempt));
    Map<String, String> inputs = new TreeMap<>();
    outcome.inputs().forEach((key, digest) -> inputs.put(key.hex(), digest));
    Manifest manifest =
        new Manifest(
            Manifest.FORMAT,
            layout.key(),
            attempt,
            outcome.report(),
            blobs,
            outcome.metrics(),
            inputs);
    byte[] bytes = Json.write(manifest);
    if (bytes.length > Manifest.MAX_BYTES) {
      throw new IllegalArgumentException(
          "the manifest of " + layout.key().brief() + " is too large");
    }
    Lookup.Hit result = settle(attempt, bytes, new Lookup.Hit(manifest, Sha256.of(bytes)));
    if (resultFolder(attempt).isEmpty()) { // else another that still runs may have its files here
      new Leftovers(store, layout).remove(attempt::equals); // it adopts this result
    }
    return result;
  }

  private Lookup.Hit settle(String attempt, byte[] bytes, Lookup.Hit ours) {
    for (int tries = 0; tries < PUBLISH_TRIES; tries++) {
      if (store.putIfAbsent(layout.manifest(), bytes)) {
        return ours;
      }
      Optional<ObjectStore.Content> there = readManifest();
      if (there.isEmpty()) {
        continue;
      }
      if (judge(there.get(), new Visit(BlobCheck.Depth.HEAD)) instanceof Lookup.Hit winner) {
        return adopt(attempt, winner);
      }
      if (store.replaceIfMatch(layout.manifest(), there.get().etag(), bytes)) {
        return ours;
      }
    }
    throw new StepFailure(
        ExitCode.STORE_UNREACHABLE,
        "The result of step %s in %s changes faster than it can be read; start again."
            .formatted(layout.key().brief(), store.location()));
  }

  private Lookup.Hit adopt(String attempt, Lookup.Hit winner) {
    if (!winner.manifest().attempt().equals(attempt)) {
      store.list(layout.result(attempt)).forEach(store::delete);
    }
    return winner;
  }

  /**
   * Where files of a result may be written at once instead of being copied, if objects are files.
   */
  public Optional<Path> resultFolder(String attempt) {
    return store.localPath(layout.result(attempt) + "x").map(DurableFiles::folderOf);
  }

  /**
   * Removes what dead attempts wrote and neither the result nor a checkpoint names, and what they
   * had not finished writing. Only for who knows that no attempt is under way.
   */
  public void removeLeftovers() {
    new Leftovers(store, layout).remove(attempt -> false);
    store.prune(layout.folder(), key -> !DurableFiles.isUnfinished(Path.of(key)));
  }

  /** Overwrites what is said of a running step. */
  public void progress(Progress progress) {
    store.put(layout.progress(), Json.write(progress));
  }

  /** What a running step said last; empty too when that cannot be read. */
  public Optional<Progress> progress() {
    return store
        .read(layout.progress(), Manifest.MAX_BYTES)
        .flatMap(
            content -> {
              try {
                return Optional.of(Json.read(content.bytes(), Progress.class));
              } catch (IOException e) {
                return Optional.empty();
              }
            });
  }
}

package dev.supcon.services.store;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** What attempts at a step wrote and neither its result nor a checkpoint names. */
record Leftovers(ObjectStore store, StepLayout layout) {

  /**
   * Removes it, unless a result or a checkpoint cannot be read: that one may name anything.
   *
   * @param living tells the attempts that still write
   */
  void remove(Predicate<String> living) {
    named()
        .ifPresent(
            named ->
                store.prune(
                    layout.attempts(),
                    key -> named.contains(key) || living.test(layout.attemptOf(key))));
  }

  /** The keys of all that counts; empty when that is not known. */
  private Optional<Set<String>> named() {
    Set<String> named = new HashSet<>();
    try {
      Optional<ObjectStore.Content> manifest = read(layout.manifest());
      if (manifest.isPresent()) {
        Manifest result = Json.read(manifest.get().bytes(), Manifest.class);
        add(named, layout.result(result.attempt()), result.blobs());
        add(named, layout.folder(), result.metrics());
      }
      for (String key : store.list(layout.commits())) {
        Optional<ObjectStore.Content> content = read(key);
        if (content.isPresent()) {
          Commit commit = Json.read(content.get().bytes(), Commit.class);
          add(named, layout.checkpoint(commit.attempt(), commit.number()), commit.shards());
          add(named, layout.folder(), commit.metrics());
        }
      }
      return Optional.of(named);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private Optional<ObjectStore.Content> read(String key) {
    return store.read(key, Manifest.MAX_BYTES + 1);
  }

  private static void add(Set<String> named, String folder, List<Blob> blobs) {
    blobs.forEach(blob -> named.add(folder + blob.name()));
  }
}

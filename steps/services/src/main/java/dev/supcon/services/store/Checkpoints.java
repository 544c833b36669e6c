package dev.supcon.services.store;

import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import dev.supcon.contract.step.StepKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.LongPredicate;

/** The checkpoints of one step: shards first, then one object that makes them count. */
public final class Checkpoints {
  private static final int TRIES = 5;

  private final ObjectStore store;
  private final StepLayout layout;
  private final Consumer<String> log;

  /**
   * @param log is told which checkpoint was found damaged
   */
  public Checkpoints(ObjectStore store, StepKey key, Consumer<String> log) {
    this.store = store;
    this.layout = new StepLayout(key);
    this.log = log;
  }

  /**
   * Commits all files of a folder under a number. Of two attempts at the same number the first
   * one's counts, unless it is damaged.
   *
   * @param metrics parts of the curves up to here, already in the store
   * @return whether this is a commit that was not there before
   */
  public boolean commit(String attempt, long number, Path folder, List<Blob> metrics) {
    if (stands(number)) {
      return false;
    }
    List<Blob> shards = new BlobUpload(store).all(folder, layout.checkpoint(attempt, number));
    byte[] bytes = Json.write(new Commit(Commit.FORMAT, number, attempt, shards, metrics));
    return settle(attempt, number, bytes);
  }

  private boolean stands(long number) {
    return read(number).flatMap(at -> sound(number, at, BlobCheck.Depth.BYTES)).isPresent();
  }

  private boolean settle(String attempt, long number, byte[] bytes) {
    for (int tries = 0; tries < TRIES; tries++) {
      if (store.putIfAbsent(layout.commit(number), bytes)) {
        return true;
      }
      Optional<ObjectStore.Content> there = read(number);
      if (there.isEmpty()) {
        continue;
      }
      Optional<Commit> other = sound(number, there.get(), BlobCheck.Depth.BYTES);
      if (other.isPresent()) {
        boolean ours = other.get().attempt().equals(attempt);
        if (!ours) {
          remove(layout.checkpoint(attempt, number));
        }
        return ours;
      }
      if (store.replaceIfMatch(layout.commit(number), there.get().etag(), bytes)) {
        return true;
      }
    }
    throw new StepFailure(
        ExitCode.STORE_UNREACHABLE,
        "Checkpoint %d in %s changes faster than it can be read; start again."
            .formatted(number, store.location()));
  }

  /**
   * Removes checkpoints. Of a damaged one that is newer than those that stay nothing is removed.
   *
   * @param last of those that are whole, by sizes and ETags, the newest so many stay
   * @param also tells by its number which older one stays
   */
  public void retain(int last, LongPredicate also) {
    int whole = 0;
    for (long number : numbers()) {
      if (whole < last) {
        whole += isWhole(number) ? 1 : 0;
      } else if (!also.test(number)) {
        drop(number);
      }
    }
  }

  private boolean isWhole(long number) {
    return read(number).flatMap(at -> sound(number, at, BlobCheck.Depth.HEAD)).isPresent();
  }

  /** First the commit, then the shards: what is half removed does not count. */
  private void drop(long number) {
    Optional<Commit> old = read(number).flatMap(content -> parse(number, content));
    store.delete(layout.commit(number));
    old.ifPresent(commit -> remove(layout.checkpoint(commit.attempt(), number)));
  }

  private void remove(String folder) {
    store.prune(folder, key -> false);
  }

  /**
   * The newest checkpoint whose every hash matches.
   *
   * @param into folder for its files, where the store keeps none
   * @return empty only when nothing was ever committed
   * @throws StepFailure {@code CORRUPT_CHECKPOINT} when there are commits and none is whole
   */
  public Optional<Restored> newest(Path into) {
    for (int tries = 0; tries < TRIES; tries++) {
      List<Long> numbers = numbers();
      Optional<Restored> found = newestOf(numbers, into);
      if (found.isPresent() || numbers.isEmpty()) {
        return found;
      }
      if (numbers.equals(numbers())) { // else another attempt replaced them while we read
        throw new StepFailure(
            ExitCode.CORRUPT_CHECKPOINT,
            "All checkpoints of step %s in %s are damaged (%s); restore them, or remove %s* to begin"
                    .formatted(layout.key().brief(), store.location(), numbers, layout.commits())
                + " anew.");
      }
    }
    throw new StepFailure(
        ExitCode.STORE_UNREACHABLE,
        "The checkpoints in " + store.location() + " change faster than they can be read.");
  }

  private Optional<Restored> newestOf(List<Long> numbers, Path into) {
    for (long number : numbers) {
      Optional<ObjectStore.Content> content = read(number);
      if (content.isEmpty()) {
        continue; // removed since it was listed
      }
      Optional<Restored> whole =
          parse(number, content.get()).flatMap(commit -> restored(commit, into));
      if (whole.isPresent()) {
        return whole;
      }
      log.accept("checkpoint %d is damaged and passed over".formatted(number));
    }
    return Optional.empty();
  }

  private Optional<Restored> restored(Commit commit, Path into) {
    String prefix = layout.checkpoint(commit.attempt(), commit.number());
    BlobFetch fetch = new BlobFetch(store);
    return new BlobCheck(store, BlobCheck.Depth.BYTES)
            .firstFault(layout.folder(), commit.metrics())
            .or(() -> fetch.bring(prefix, commit.shards(), into))
            .isPresent()
        ? Optional.empty()
        : Optional.of(new Restored(commit.number(), fetch.folder(prefix, into), commit.metrics()));
  }

  /** The numbers of all commits, newest first. */
  public List<Long> numbers() {
    return store.list(layout.commits()).stream()
        .map(layout::numberOf)
        .filter(OptionalLong::isPresent)
        .map(OptionalLong::getAsLong)
        .sorted(Collections.reverseOrder())
        .toList();
  }

  private Optional<ObjectStore.Content> read(long number) {
    return store.read(layout.commit(number), Manifest.MAX_BYTES);
  }

  private Optional<Commit> sound(long number, ObjectStore.Content content, BlobCheck.Depth depth) {
    BlobCheck check = new BlobCheck(store, depth);
    return parse(number, content)
        .filter(
            commit ->
                check
                    .firstFault(layout.checkpoint(commit.attempt(), number), commit.shards())
                    .or(() -> check.firstFault(layout.folder(), commit.metrics()))
                    .isEmpty());
  }

  private static Optional<Commit> parse(long number, ObjectStore.Content content) {
    try {
      return Optional.of(Json.read(content.bytes(), Commit.class))
          .filter(commit -> commit.number() == number);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * A checkpoint that is whole.
   *
   * @param files folder of its shards, read-only
   * @param metrics parts of the curves up to here
   */
  public record Restored(long number, Path files, List<Blob> metrics) {}
}

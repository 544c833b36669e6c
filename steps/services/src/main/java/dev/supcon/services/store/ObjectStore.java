package dev.supcon.services.store;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Objects by key: a folder, or a prefix of an S3 bucket. An object is visible whole or not at all.
 *
 * <p>Every method may throw {@code StepFailure}: {@code STORE_UNREACHABLE} when the store does not
 * answer, {@code NO_SPACE} when it is full or read-only, {@code CONFIGURATION} when it refuses us.
 */
public interface ObjectStore extends AutoCloseable {

  /** Where this is, in words that a user knows: a path, or bucket and endpoint. */
  String location();

  /** Writes or overwrites. */
  Head put(String key, byte[] bytes);

  /** Writes or overwrites; a file that already lies at its {@link #localPath} is not copied. */
  Head put(String key, Path file);

  /**
   * Writes if nobody did before ({@code If-None-Match: *}).
   *
   * @return whether these bytes were written; false may also mean that the answer to an earlier try
   *     of ours was lost, so the caller looks who is named in the object
   */
  boolean putIfAbsent(String key, byte[] bytes);

  /** Overwrites if the object is still the one with this ETag ({@code If-Match}). */
  boolean replaceIfMatch(String key, String etag, byte[] bytes);

  Optional<Head> head(String key);

  /** The first {@code limit} bytes, with the ETag of the very object they came from. */
  Optional<Content> read(String key, int limit);

  /** A stream whose failures are {@code StepFailure}s too; the caller closes it. */
  Optional<InputStream> open(String key);

  /** All keys that begin with {@code prefix}, sorted. */
  List<String> list(String prefix);

  /** Removes; nothing happens when there is no such object. */
  void delete(String key);

  /**
   * Removes all below a prefix but what is kept; where objects are files also half-written ones and
   * folders that are empty then, so nobody must be writing there.
   *
   * @param prefix ends with a slash
   * @param kept is asked by key, and by the paths of such files and folders
   */
  void prune(String prefix, Predicate<String> kept);

  /** The file behind the key, when objects are files here; it need not exist. */
  Optional<Path> localPath(String key);

  @Override
  void close();

  /**
   * What is known without reading.
   *
   * @param etag differs between any two versions of an object
   */
  record Head(long size, String etag) {}

  /** Bytes with the ETag of their version. */
  @SuppressWarnings("ArrayRecordComponent") // read once and parsed; never compared
  record Content(byte[] bytes, String etag) {}
}

package dev.supcon.services.store;

import io.minio.GetObjectResponse;
import io.minio.PutObjectArgs;
import io.minio.RemoveObjectArgs;
import io.minio.UploadObjectArgs;
import io.minio.errors.MinioException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A store in a bucket, or below a prefix of it; conditional writes are the server's. */
public final class S3Store implements ObjectStore {
  private static final int CONFLICT_TRIES = 5;

  private final S3Bucket bucket;
  private final String prefix;

  /**
   * @param prefix empty, or without a slash at either end
   */
  public S3Store(S3Settings settings, String bucket, String prefix) {
    this.bucket = new S3Bucket(settings, bucket);
    this.prefix = prefix.isEmpty() ? "" : prefix + "/";
  }

  @Override
  public String location() {
    return "s3://" + bucket.name() + "/" + prefix + " at " + bucket.endpoint();
  }

  @Override
  public Head put(String key, byte[] bytes) {
    return bucket.call(() -> new Head(bytes.length, S3Bucket.etag(write(key, bytes, Map.of()))));
  }

  @Override
  public Head put(String key, Path file) {
    bucket.call(
        () ->
            bucket
                .client()
                .uploadObject(
                    UploadObjectArgs.builder()
                        .bucket(bucket.name())
                        .object(name(key))
                        .filename(file.toString())
                        .build()));
    return head(key)
        .orElseThrow(() -> bucket.failure(new IOException("lost after upload: " + key)));
  }

  @Override
  public boolean putIfAbsent(String key, byte[] bytes) {
    return conditionally(key, bytes, Map.of("If-None-Match", "*"));
  }

  @Override
  public boolean replaceIfMatch(String key, String etag, byte[] bytes) {
    return conditionally(key, bytes, Map.of("If-Match", "\"" + etag + "\""));
  }

  private boolean conditionally(String key, byte[] bytes, Map<String, String> condition) {
    return bucket.call(
        () -> {
          for (int tries = 1; true; tries++) {
            try {
              write(key, bytes, condition);
              return true;
            } catch (MinioException e) {
              if (S3Failures.conflict(e) && tries < CONFLICT_TRIES) {
                continue; // a race whose winner is not known yet: ask again
              }
              if (S3Failures.conditionFailed(e) || S3Failures.notThere(e)) {
                return false;
              }
              throw e;
            }
          }
        });
  }

  private String write(String key, byte[] bytes, Map<String, String> headers)
      throws MinioException {
    return bucket
        .client()
        .putObject(
            PutObjectArgs.builder()
                .bucket(bucket.name())
                .object(name(key))
                .data(bytes, bytes.length)
                .extraHeaders(headers)
                .build())
        .etag();
  }

  @Override
  public Optional<Head> head(String key) {
    return bucket.head(name(key));
  }

  @Override
  public Optional<Content> read(String key, int limit) {
    return bucket.ifThere(
        () -> {
          try (GetObjectResponse in = bucket.get(name(key))) {
            return new Content(in.readNBytes(limit), S3Bucket.etag(in.headers().get("ETag")));
          }
        });
  }

  @Override
  public Optional<InputStream> open(String key) {
    return bucket.ifThere(() -> bucket.stream(bucket.get(name(key))));
  }

  @Override
  public List<String> list(String prefix) {
    return bucket.call(() -> bucket.list(this.prefix + prefix)).stream()
        .map(found -> found.name().substring(this.prefix.length()))
        .sorted()
        .toList();
  }

  @Override
  public void delete(String key) {
    bucket.ifThere(
        () -> {
          bucket
              .client()
              .removeObject(
                  RemoveObjectArgs.builder().bucket(bucket.name()).object(name(key)).build());
          return true;
        });
  }

  @Override
  public Optional<Path> localPath(String key) {
    return Optional.empty();
  }

  @Override
  public void close() {
    bucket.close();
  }

  private String name(String key) {
    return prefix + ObjectKeys.checked(key);
  }
}

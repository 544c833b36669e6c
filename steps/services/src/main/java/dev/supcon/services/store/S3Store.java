package dev.supcon.services.store;

import io.minio.GetObjectArgs;
import io.minio.GetObjectResponse;
import io.minio.ListObjectsArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.RemoveObjectArgs;
import io.minio.Result;
import io.minio.StatObjectArgs;
import io.minio.UploadObjectArgs;
import io.minio.errors.MinioException;
import io.minio.messages.Item;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;

/** A store in a bucket, or below a prefix of it; conditional writes are the server's. */
public final class S3Store implements ObjectStore {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration TRANSFER = Duration.ofSeconds(60); // without a byte moving
  private static final int CONFLICT_TRIES = 5;
  private static final List<Duration> PAUSES =
      List.of(Duration.ofMillis(200), Duration.ofMillis(800), Duration.ofSeconds(2));

  private final OkHttpClient http = http();
  private final MinioClient client;
  private final S3Failures failures;
  private final String bucket;
  private final String prefix;

  /**
   * @param prefix empty, or without a slash at either end
   */
  public S3Store(S3Settings settings, String bucket, String prefix) {
    this.client =
        MinioClient.builder()
            .endpoint(settings.endpoint())
            .region(settings.region())
            .credentials(settings.accessKey(), settings.secretKey())
            .httpClient(http)
            .build();
    this.failures = new S3Failures(settings.endpoint(), bucket);
    this.bucket = bucket;
    this.prefix = prefix.isEmpty() ? "" : prefix + "/";
  }

  private static OkHttpClient http() {
    // Daemon threads: an idle connection must not keep the process from ending.
    Dispatcher dispatcher =
        new Dispatcher(
            Executors.newCachedThreadPool(
                work -> {
                  Thread thread = new Thread(work, "s3");
                  thread.setDaemon(true);
                  return thread;
                }));
    return new OkHttpClient.Builder()
        .dispatcher(dispatcher)
        .connectTimeout(CONNECT)
        .readTimeout(TRANSFER)
        .writeTimeout(TRANSFER)
        .build();
  }

  @Override
  public String location() {
    return "s3://" + bucket + "/" + prefix + " at " + failures.endpoint();
  }

  @Override
  public Head put(String key, byte[] bytes) {
    return call(() -> new Head(bytes.length, etag(write(key, bytes, Map.of()))));
  }

  @Override
  public Head put(String key, Path file) {
    call(
        () ->
            client.uploadObject(
                UploadObjectArgs.builder()
                    .bucket(bucket)
                    .object(name(key))
                    .filename(file.toString())
                    .build()));
    return head(key).orElseThrow(() -> failures.of(new IOException("lost after upload: " + key)));
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
    return call(
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
    return client
        .putObject(
            PutObjectArgs.builder()
                .bucket(bucket)
                .object(name(key))
                .data(bytes, bytes.length)
                .extraHeaders(headers)
                .build())
        .etag();
  }

  @Override
  public Optional<Head> head(String key) {
    return ifThere(
        () -> {
          var found =
              client.statObject(StatObjectArgs.builder().bucket(bucket).object(name(key)).build());
          return new Head(found.size(), etag(found.etag()));
        });
  }

  @Override
  public Optional<Content> read(String key, int limit) {
    return ifThere(
        () -> {
          try (GetObjectResponse in = get(key)) {
            return new Content(in.readNBytes(limit), etag(in.headers().get("ETag")));
          }
        });
  }

  @Override
  public Optional<InputStream> open(String key) {
    return ifThere(() -> new StoreStream(get(key), failures::of));
  }

  private GetObjectResponse get(String key) throws MinioException {
    return client.getObject(GetObjectArgs.builder().bucket(bucket).object(name(key)).build());
  }

  @Override
  public List<String> list(String prefix) {
    return call(
        () -> {
          List<String> keys = new ArrayList<>();
          for (Result<Item> found :
              client.listObjects(
                  ListObjectsArgs.builder()
                      .bucket(bucket)
                      .prefix(this.prefix + prefix)
                      .recursive(true)
                      .build())) {
            keys.add(found.get().objectName().substring(this.prefix.length()));
          }
          Collections.sort(keys);
          return keys;
        });
  }

  @Override
  public void delete(String key) {
    ifThere(
        () -> {
          client.removeObject(RemoveObjectArgs.builder().bucket(bucket).object(name(key)).build());
          return true;
        });
  }

  @Override
  public void prune(String prefix, Predicate<String> kept) {
    list(prefix).stream().filter(kept.negate()).forEach(this::delete);
  }

  @Override
  public Optional<Path> localPath(String key) {
    return Optional.empty();
  }

  @Override
  public void close() {
    http.dispatcher().executorService().shutdown();
    http.connectionPool().evictAll();
  }

  private String name(String key) {
    return prefix + ObjectKeys.checked(key);
  }

  private static String etag(String quoted) {
    return Objects.requireNonNullElse(quoted, "").replace("\"", "");
  }

  private <T> Optional<T> ifThere(Remote<T> action) {
    return call(
        () -> {
          try {
            return Optional.of(action.run());
          } catch (MinioException e) {
            if (S3Failures.notThere(e)) {
              return Optional.empty();
            }
            throw e;
          }
        });
  }

  /** Tries again what may pass: all our requests may be sent twice. */
  private <T> T call(Remote<T> action) {
    for (Duration pause : PAUSES) {
      try {
        return action.run();
      } catch (MinioException | IOException | IllegalStateException e) {
        if (!S3Failures.passing(e)) {
          throw failures.of(e);
        }
        LockSupport.parkNanos(pause.toNanos());
      }
    }
    try {
      return action.run();
    } catch (MinioException | IOException | IllegalStateException e) {
      throw failures.of(e);
    }
  }

  private interface Remote<T> {
    T run() throws MinioException, IOException;
  }
}

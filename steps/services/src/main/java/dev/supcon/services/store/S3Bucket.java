package dev.supcon.services.store;

import dev.supcon.contract.step.StepFailure;
import io.minio.GetObjectArgs;
import io.minio.GetObjectResponse;
import io.minio.ListObjectsArgs;
import io.minio.MinioClient;
import io.minio.Result;
import io.minio.StatObjectArgs;
import io.minio.errors.MinioException;
import io.minio.messages.Item;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/** A bucket on a server: what may pass is asked again, what does not is said for a user. */
final class S3Bucket implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration TRANSFER = Duration.ofSeconds(60); // without a byte moving
  private static final List<Duration> PAUSES =
      List.of(Duration.ofMillis(200), Duration.ofMillis(800), Duration.ofSeconds(2));

  private final OkHttpClient http = http();
  private final MinioClient client;
  private final S3Failures failures;
  private final String name;

  S3Bucket(S3Settings settings, String name) {
    this.client =
        MinioClient.builder()
            .endpoint(settings.endpoint())
            .region(settings.region())
            .credentials(settings.accessKey(), settings.secretKey())
            .httpClient(http)
            .build();
    this.failures = new S3Failures(settings.endpoint(), name);
    this.name = name;
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

  String name() {
    return name;
  }

  String endpoint() {
    return failures.endpoint();
  }

  MinioClient client() {
    return client;
  }

  StepFailure failure(Exception e) {
    return failures.of(e);
  }

  Optional<ObjectStore.Head> head(String object) {
    return ifThere(
        () -> {
          var found =
              client.statObject(StatObjectArgs.builder().bucket(name).object(object).build());
          return new ObjectStore.Head(found.size(), etag(found.etag()));
        });
  }

  GetObjectResponse get(String object) throws MinioException {
    return client.getObject(GetObjectArgs.builder().bucket(name).object(object).build());
  }

  /** What begins with the prefix, as the server sorts it. */
  List<Found> list(String prefix) throws MinioException {
    List<Found> objects = new ArrayList<>();
    for (Result<Item> found :
        client.listObjects(
            ListObjectsArgs.builder().bucket(name).prefix(prefix).recursive(true).build())) {
      Item item = found.get();
      objects.add(new Found(item.objectName(), item.size(), etag(item.etag())));
    }
    return objects;
  }

  /** Read errors of a response are failures of the server. */
  InputStream stream(GetObjectResponse response) {
    return new StoreStream(response, failures::of);
  }

  static String etag(@Nullable String quoted) {
    return Objects.requireNonNullElse(quoted, "").replace("\"", "");
  }

  <T> Optional<T> ifThere(Remote<T> action) {
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
  <T> T call(Remote<T> action) {
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

  @Override
  public void close() {
    http.dispatcher().executorService().shutdown();
    http.connectionPool().evictAll();
  }

  /** An object of a listing. */
  record Found(String name, long size, String etag) {}

  interface Remote<T> {
    T run() throws MinioException, IOException;
  }
}

package dev.supcon.services.store;

import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;

/** The same on a real MinIO server ({@code dev/servers up}). */
class S3FilesIT implements S3FilesContract {
  private final String place = "supcon/it-" + UUID.randomUUID();

  @BeforeAll
  static void needServer() {
    Objects.requireNonNull(
        System.getenv("SUPCON_S3_ENDPOINT"), "run dev/servers up and eval dev/servers env");
  }

  @Override
  public Map<String, String> environment() {
    return System.getenv();
  }

  @Override
  public String place() {
    return place;
  }

  /** The store's keys are narrower than S3's, so the client is asked itself. */
  @Override
  public void put(String name, byte[] bytes) {
    try (S3Bucket bucket = new S3Bucket(S3Settings.of(environment()), "supcon")) {
      String object = place.substring("supcon/".length()) + "/" + name;
      bucket.call(
          () ->
              bucket
                  .client()
                  .putObject(
                      io.minio.PutObjectArgs.builder()
                          .bucket("supcon")
                          .object(object)
                          .data(bytes, bytes.length)
                          .build()));
    }
  }
}

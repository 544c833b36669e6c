package dev.supcon.services.store;

import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import java.nio.file.Path;
import java.util.Map;

/** Opens a store by what the user wrote: {@code DIR} or {@code s3://bucket/prefix}. */
public final class Stores {
  private Stores() {}

  public static ObjectStore open(String uri) {
    return open(uri, System.getenv());
  }

  /**
   * @param environment where S3's endpoint and credentials are looked up
   */
  public static ObjectStore open(String uri, Map<String, String> environment) {
    if (!uri.contains("://")) {
      return new FolderStore(Path.of(uri));
    }
    S3Address address =
        S3Address.of(uri)
            .orElseThrow(
                () ->
                    new StepFailure(
                        ExitCode.USAGE,
                        "No store can be opened at "
                            + uri
                            + "; write a folder or s3://bucket/prefix."));
    return new S3Store(S3Settings.of(environment), address.bucket(), address.prefix());
  }

  /**
   * Writes one file to a URI {@code s3://bucket/key}, with the environment's credentials.
   *
   * @throws StepFailure as any store's put
   */
  public static void upload(String uri, Path file) {
    upload(uri, file, System.getenv());
  }

  /** The same with the credentials of that environment. */
  public static void upload(String uri, Path file, Map<String, String> environment) {
    int slash = uri.lastIndexOf('/');
    try (ObjectStore store = open(uri.substring(0, slash), environment)) {
      store.put(uri.substring(slash + 1), file);
    }
  }
}

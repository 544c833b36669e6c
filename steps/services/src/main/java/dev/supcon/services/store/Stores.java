package dev.supcon.services.store;

import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Opens a store by what the user wrote: {@code DIR} or {@code s3://bucket/prefix}. */
public final class Stores {
  private static final Pattern S3 =
      Pattern.compile("s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:/(.*?))?/*");

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
    Matcher s3 = S3.matcher(uri);
    String prefix = s3.matches() && s3.group(2) != null ? s3.group(2) : "";
    if (!s3.matches() || !(prefix.isEmpty() || ObjectKeys.allowed(prefix))) {
      throw new StepFailure(
          ExitCode.USAGE,
          "No store can be opened at " + uri + "; write a folder or s3://bucket/prefix.");
    }
    return new S3Store(S3Settings.of(environment), s3.group(1), prefix);
  }

  /**
   * Writes one file to a URI {@code s3://bucket/key}, with the environment's credentials.
   *
   * @throws StepFailure as any store's put
   */
  public static void upload(String uri, Path file) {
    int slash = uri.lastIndexOf('/');
    try (ObjectStore store = open(uri.substring(0, slash))) {
      store.put(uri.substring(slash + 1), file);
    }
  }
}

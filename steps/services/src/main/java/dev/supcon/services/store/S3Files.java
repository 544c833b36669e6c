package dev.supcon.services.store;

import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import io.minio.GetObjectResponse;
import io.minio.errors.MinioException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Files that someone else put into S3: a folder or one file. Nothing is ever written there. */
public final class S3Files implements AutoCloseable {
  private static final int TRIES = 3; // of a download that breaks off

  private final S3Bucket bucket;
  private final S3Address address;

  private S3Files(S3Bucket bucket, S3Address address) {
    this.bucket = bucket;
    this.address = address;
  }

  /**
   * @param uri {@code s3://bucket/folder} or {@code s3://bucket/file}
   * @param environment where S3's endpoint and credentials are looked up
   */
  public static S3Files open(String uri, Map<String, String> environment) {
    S3Address address =
        S3Address.of(uri)
            .filter(found -> !found.prefix().isEmpty())
            .orElseThrow(
                () ->
                    new StepFailure(
                        ExitCode.USAGE,
                        uri + " is no place in S3; write s3://bucket/folder or s3://bucket/file."));
    return new S3Files(new S3Bucket(S3Settings.of(environment), address.bucket()), address);
  }

  /** Where this is, in words that a user knows. */
  public String location() {
    return address + " at " + bucket.endpoint();
  }

  /**
   * @throws StepFailure {@code NO_INPUT} when nothing lies there, {@code DATA} when a name cannot
   *     be a file's
   */
  public S3Listing list() {
    Optional<ObjectStore.Head> file =
        bucket.head(address.prefix()).filter(found -> found.size() > 0);
    if (file.isPresent()) {
      return new S3Listing(List.of(new S3Listing.File("", file.get().size(), file.get().etag())));
    }
    String folder = address.prefix() + "/";
    List<S3Listing.File> below =
        bucket.call(() -> existing(folder)).stream()
            .filter(found -> !found.name().equals(folder))
            .map(found -> named(found, folder))
            .toList();
    if (below.isEmpty()) {
      throw new StepFailure(
          ExitCode.NO_INPUT, "Nothing lies at %s; check the s3 of the spec.".formatted(location()));
    }
    return new S3Listing(below);
  }

  private List<S3Bucket.Found> existing(String folder) throws MinioException {
    try {
      return bucket.list(folder);
    } catch (MinioException e) {
      if (S3Failures.noBucket(e)) {
        throw new StepFailure(
            ExitCode.NO_INPUT,
            "The bucket %s does not exist at %s; check the s3 of the spec."
                .formatted(bucket.name(), bucket.endpoint()),
            e);
      }
      throw e;
    }
  }

  private S3Listing.File named(S3Bucket.Found found, String folder) {
    String name = found.name().substring(folder.length());
    if (misleading(name)) {
      throw new StepFailure(
          ExitCode.DATA,
          "%s: \"%s\" cannot be the name of a file; rename the object."
              .formatted(location(), name));
    }
    return new S3Listing.File(name, found.size(), found.etag());
  }

  /** What a file system reads in its own way; a slash at the end makes an empty folder. */
  private static boolean misleading(String name) {
    String path = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
    return Arrays.stream(path.split("/", -1)).anyMatch(step -> step.matches("\\.{0,2}"))
        || name.chars().anyMatch(sign -> sign == '\\' || Character.isISOControl(sign));
  }

  /**
   * Downloads one file; any number of threads may do it.
   *
   * @throws StepFailure {@code DATA} when the object is another than the listed one
   */
  public void download(S3Listing.File file, Path target) {
    for (int tries = 1; true; tries++) {
      try {
        bring(file, target);
        return;
      } catch (StepFailure e) {
        if (e.exitCode() != ExitCode.STORE_UNREACHABLE || tries == TRIES) {
          throw e;
        }
      }
    }
  }

  private void bring(S3Listing.File file, Path target) {
    String object = file.name().isEmpty() ? address.prefix() : address.prefix() + "/" + file.name();
    GetObjectResponse response =
        bucket.ifThere(() -> bucket.get(object)).orElseThrow(() -> changed(file));
    try (InputStream in = bucket.stream(response)) {
      if (!S3Bucket.etag(response.headers().get("ETag")).equals(file.etag())) {
        throw changed(file);
      }
      Files.createDirectories(DurableFiles.folderOf(target));
      Files.deleteIfExists(target);
      if (Files.copy(in, target) != file.size()) {
        throw changed(file);
      }
    } catch (IOException e) {
      throw FolderFailures.of(DurableFiles.folderOf(target), e);
    }
  }

  private StepFailure changed(S3Listing.File file) {
    return new StepFailure(
        ExitCode.DATA,
        "%s%s has changed while it was read; leave the data alone, plan and run again."
            .formatted(location(), file.name().isEmpty() ? "" : ": " + file.name()));
  }

  @Override
  public void close() {
    bucket.close();
  }
}

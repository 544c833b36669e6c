package dev.supcon.runner.data;

import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import dev.supcon.services.store.S3Files;
import dev.supcon.services.store.S3Listing;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;

/** A folder or tar in S3: its digest is that of its listing, so planning reads no image. */
public final class S3Place implements SourcePlace {
  private static final int AT_ONCE = 16; // requests: a small object is all latency

  private final String uri;
  private final Map<String, String> environment;

  /**
   * @param uri {@code s3://bucket/folder} or {@code s3://bucket/file.tar}
   * @param environment where S3's endpoint and credentials are looked up
   */
  public S3Place(String uri, Map<String, String> environment) {
    this.uri = uri;
    this.environment = environment;
  }

  /** Without the environment: this may be shown. */
  @Override
  public String toString() {
    return uri;
  }

  @Override
  public String digest(Path cache) {
    try (S3Files files = S3Files.open(uri, environment)) {
      return files.list().digest();
    }
  }

  /** Each object is compared with the listing that has the plan's digest. */
  @Override
  public Path fetch(String digest, Path scratch, IntConsumer progress) {
    try (S3Files files = S3Files.open(uri, environment)) {
      S3Listing listing = files.list();
      SourcePlace.refuseOther(files.location(), listing.digest(), digest);
      Path source = scratch.resolve("source").resolve(uri.replaceAll(".*/(?=.)|/+$", ""));
      download(files, listing, source, progress);
      return source;
    } catch (IOException e) {
      throw new StepFailure(
          ExitCode.NO_SPACE,
          "Cannot write to %s: %s; give the step more scratch space.".formatted(scratch, e),
          e);
    }
  }

  @Override
  public Path file(Path scratch) {
    try (S3Files files = S3Files.open(uri, environment)) {
      S3Listing listing = files.list();
      S3Listing.File only = listing.files().getFirst();
      if (!only.name().isEmpty()) {
        throw new StepFailure(
            ExitCode.NO_INPUT,
            "%s is a folder; write the address of one file.".formatted(files.location()));
      }
      Path target = scratch.resolve("file").resolve(uri.replaceAll(".*/(?=.)|/+$", ""));
      files.download(only, target);
      return target;
    }
  }

  /** The plan has the digest of the listing, which {@link #fetch} has compared. */
  @Override
  public void confirm(String read, String planned) {}

  private static void download(S3Files files, S3Listing listing, Path source, IntConsumer progress)
      throws IOException {
    ExecutorService workers = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<Future<?>> running =
          listing.files().stream()
              .<Future<?>>map(file -> workers.submit(() -> bring(files, file, source)))
              .toList();
      for (int i = 0; i < running.size(); i++) {
        finish(running.get(i));
        progress.accept(100 * (i + 1) / running.size());
      }
    } finally {
      workers.shutdownNow(); // after a failure the rest is not wanted any more
    }
  }

  private static Path bring(S3Files files, S3Listing.File file, Path source) throws IOException {
    Path target = file.name().isEmpty() ? source : source.resolve(file.name());
    if (file.name().endsWith("/")) {
      return Files.createDirectories(target);
    }
    files.download(file, target);
    return target;
  }

  private static void finish(Future<?> download) throws IOException {
    try {
      download.get();
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof StepFailure failure) {
        throw failure;
      }
      if (cause instanceof IOException failure) {
        throw failure;
      }
      throw new IllegalStateException("a download failed", cause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }
}

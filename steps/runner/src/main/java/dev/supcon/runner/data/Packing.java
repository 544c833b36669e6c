package dev.supcon.runner.data;

import dev.supcon.contract.spec.DataSpec;
import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import dev.supcon.runner.data.ImageSource.Sample;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Reads a data set from its source, refuses what is damaged by name, and packs the rest: every
 * image at a place that is known beforehand, so threads change nothing.
 */
public final class Packing {
  private static final int FAULTS_SHOWN = 5;
  private static final int AHEAD = 256;

  private final ImageSource source;
  private final List<Sample> samples;
  private final List<Part> parts;
  private final int[] places;
  private final ConcurrentLinkedQueue<String> faults = new ConcurrentLinkedQueue<>();
  private int offered;

  private Packing(ImageSource source, DataSpec data) {
    this.source = source;
    this.samples = source.samples();
    this.parts = Holdout.parts(samples, source.classNames().size(), data.holdout());
    this.places = new int[samples.size()];
  }

  /** Who watches; an exception from any of these ends the packing. */
  public interface Watcher {
    /** So much is done; told with every image. */
    void at(int percent);

    /** The next file of the source is about to be looked at. */
    default void beforeFile() {}

    /**
     * All is read, and not yet a data set.
     *
     * @param digest of the source as it was read, by {@link SourceDigest}
     */
    default void read(String digest) {}
  }

  /**
   * Packs a data set into an empty folder.
   *
   * @param path where it lies; empty for an embedded one
   */
  public static PackedIndex pack(DataSpec data, Optional<Path> path, Path folder, Watcher watcher) {
    Packing packing = new Packing(opened(data, path, watcher), data);
    try {
      return packing.run(data, folder, watcher);
    } catch (IOException e) {
      throw unwritable(data, e);
    }
  }

  private static ImageSource opened(DataSpec data, Optional<Path> path, Watcher watcher) {
    try {
      return Sources.open(data, path, watcher::beforeFile);
    } catch (IOException e) {
      throw unreadable(data, e);
    }
  }

  private static StepFailure unreadable(DataSpec data, IOException cause) {
    return new StepFailure(
        ExitCode.NO_INPUT,
        "Data set %s cannot be read: %s; check that it is there and may be read."
            .formatted(data.name(), cause),
        cause);
  }

  private static StepFailure unwritable(DataSpec data, IOException cause) {
    return new StepFailure(
        ExitCode.NO_SPACE,
        "Packing data set %s failed: %s; make room, or choose another folder."
            .formatted(data.name(), cause),
        cause);
  }

  private PackedIndex run(DataSpec data, Path folder, Watcher watcher) throws IOException {
    Parts<int[]> labels = Parts.each(this::labels);
    try (PackedWriter writer = new PackedWriter(folder, data.imageSize(), labels)) {
      decodeAll(data, writer, watcher);
      refuseFaults(data);
      watcher.read(digest(data));
      return writer.finish(data.name(), source.classNames(), source.decoder(), watcher::beforeFile);
    }
  }

  private int[] labels(Part part) {
    List<Integer> labels = new ArrayList<>();
    for (int i = 0; i < samples.size(); i++) {
      if (parts.get(i) == part) {
        places[i] = labels.size();
        labels.add(samples.get(i).label());
      }
    }
    return labels.stream().mapToInt(Integer::intValue).toArray();
  }

  private String digest(DataSpec data) {
    try {
      return source.digest();
    } catch (IOException e) {
      throw unreadable(data, e);
    }
  }

  private void decodeAll(DataSpec data, PackedWriter writer, Watcher watcher) throws IOException {
    Deque<Decoding> ahead = new ArrayDeque<>();
    try (ExecutorService workers =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
      source.forEach(
          (i, pixels) -> {
            if (ahead.size() == AHEAD) {
              finish(ahead.remove());
            }
            Future<?> work = workers.submit(() -> decode(i, pixels, data, writer));
            ahead.add(new Decoding(samples.get(i).name(), work));
            watcher.at((int) (100L * ++offered / samples.size()));
          });
      while (!ahead.isEmpty()) {
        finish(ahead.remove());
      }
    } catch (IOException e) {
      throw unreadable(data, e);
    }
  }

  /** What a worker fails with, foreseen or not, ends the packing: no image is left black. */
  private static void finish(Decoding image) throws IOException {
    try {
      image.work().get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof StepFailure failure
          ? failure
          : new IllegalStateException("packing " + image.name() + " failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  private void decode(int i, ImageSource.Pixels pixels, DataSpec data, PackedWriter writer) {
    Optional<byte[]> image = image(i, pixels);
    try {
      if (image.isPresent()) {
        writer.put(parts.get(i), places[i], image.get());
      }
    } catch (IOException e) {
      throw unwritable(data, e);
    }
  }

  private Optional<byte[]> image(int i, ImageSource.Pixels pixels) {
    try {
      return Optional.of(pixels.get());
    } catch (ImageSource.Unreadable e) {
      faults.add(samples.get(i).name() + " " + e.getMessage());
    } catch (IOException e) {
      faults.add(samples.get(i).name() + " cannot be read: " + e);
    }
    return Optional.empty();
  }

  /** One damaged file changes the experiment, so it is never passed over. */
  private void refuseFaults(DataSpec data) {
    if (!faults.isEmpty()) {
      List<String> named = faults.stream().sorted().limit(FAULTS_SHOWN).toList();
      String more = faults.size() > FAULTS_SHOWN ? " (the first " + FAULTS_SHOWN + ")" : "";
      throw new StepFailure(
          ExitCode.DATA,
          "Data set %s has %d files that cannot be used; repair or remove them%s:%n  %s"
              .formatted(data.name(), faults.size(), more, String.join("\n  ", named)));
    }
  }

  /** An image that is being read by a worker. */
  private record Decoding(String name, Future<?> work) {}
}

package dev.supcon.runner.data;

import dev.supcon.contract.spec.DataSpec;
import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import dev.supcon.runner.data.ImageSource.Sample;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

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
  private final AtomicReference<@Nullable IOException> notWritten = new AtomicReference<>();
  private final AtomicInteger done = new AtomicInteger();

  private Packing(ImageSource source, DataSpec data) {
    this.source = source;
    this.samples = source.samples();
    this.parts = Holdout.parts(samples, source.classNames().size(), data.holdout());
    this.places = new int[samples.size()];
  }

  /**
   * Packs a data set into an empty folder.
   *
   * @param path where it lies; empty for an embedded one
   * @param progress is told the percentage that is done
   */
  public static PackedIndex pack(
      DataSpec data, Optional<Path> path, Path folder, IntConsumer progress) {
    try {
      return new Packing(Sources.open(data, path), data).run(data, folder, progress);
    } catch (IOException e) {
      throw new StepFailure(
          ExitCode.NO_SPACE,
          "Packing data set %s failed: %s.".formatted(data.name(), e.getMessage()),
          e);
    }
  }

  private PackedIndex run(DataSpec data, Path folder, IntConsumer progress) throws IOException {
    Parts<int[]> labels = Parts.each(this::labels);
    try (PackedWriter writer = new PackedWriter(folder, data.imageSize(), labels)) {
      decodeAll(writer, progress);
      refuseFaults(data);
      IOException failure = notWritten.get();
      if (failure != null) {
        throw failure;
      }
      return writer.finish(data.name(), source.classNames(), source.decoder());
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

  private void decodeAll(PackedWriter writer, IntConsumer progress) throws IOException {
    Semaphore room = new Semaphore(AHEAD);
    try (ExecutorService workers =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
      source.forEach(
          (i, pixels) -> {
            room.acquireUninterruptibly();
            workers.execute(
                () -> {
                  try {
                    pack(i, pixels, writer);
                  } finally {
                    room.release();
                  }
                });
            int count = done.incrementAndGet();
            if (count % 1000 == 0) {
              progress.accept(100 * count / samples.size());
            }
          });
      workers.shutdown();
      while (!workers.awaitTermination(1, TimeUnit.SECONDS)) {
        progress.accept(100);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private void pack(int i, ImageSource.Pixels pixels, PackedWriter writer) {
    Optional<byte[]> image = decode(i, pixels);
    try {
      if (image.isPresent() && notWritten.get() == null) {
        writer.put(parts.get(i), places[i], image.get());
      }
    } catch (IOException e) { // the disk's fault, not the image's
      notWritten.compareAndSet(null, e);
    }
  }

  private Optional<byte[]> decode(int i, ImageSource.Pixels pixels) {
    try {
      return Optional.of(pixels.get());
    } catch (ImageSource.Unreadable e) {
      faults.add(samples.get(i).name() + " " + e.getMessage());
    } catch (IOException e) {
      faults.add(samples.get(i).name() + " cannot be read: " + e.getMessage());
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
}

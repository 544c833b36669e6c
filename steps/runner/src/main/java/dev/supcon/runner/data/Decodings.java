package dev.supcon.runner.data;

import dev.supcon.contract.step.StepFailure;
import dev.supcon.runner.data.ImageSource.Sample;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;

/** Turns all images of a source into pixels, on every core. */
final class Decodings {
  private static final int AHEAD = 256;

  private final ImageSource source;
  private final List<Sample> samples;
  private final Taker taker;
  private final ConcurrentLinkedQueue<String> faults = new ConcurrentLinkedQueue<>();
  private int offered;

  /**
   * @param taker of the images that are sound; called by many threads
   */
  Decodings(ImageSource source, Taker taker) {
    this.source = source;
    this.samples = source.samples();
    this.taker = taker;
  }

  /** Who gets the images. */
  interface Taker {
    /**
     * @param sample position in {@link ImageSource#samples}
     * @param rgb HWC, uint8
     */
    void take(int sample, byte[] rgb);
  }

  /**
   * Decodes each image once.
   *
   * @param percent is told with every image how much is done; may end the work by an exception
   * @return what cannot be used: a file's name and the reason, sorted
   * @throws IOException when the source cannot be read
   */
  List<String> run(IntConsumer percent) throws IOException {
    Deque<Decoding> ahead = new ArrayDeque<>();
    try (ExecutorService workers =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
      source.forEach(
          (i, pixels) -> {
            if (ahead.size() == AHEAD) {
              finish(ahead.remove());
            }
            Future<?> work = workers.submit(() -> decode(i, pixels));
            ahead.add(new Decoding(samples.get(i).name(), work));
            percent.accept((int) (100L * ++offered / samples.size()));
          });
      while (!ahead.isEmpty()) {
        finish(ahead.remove());
      }
    }
    return faults.stream().sorted().toList();
  }

  /** What a worker fails with, foreseen or not, ends the work: no image is left black. */
  private static void finish(Decoding image) throws IOException {
    try {
      image.work().get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof StepFailure failure
          ? failure
          : new IllegalStateException("reading " + image.name() + " failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  private void decode(int i, ImageSource.Pixels pixels) {
    image(i, pixels).ifPresent(rgb -> taker.take(i, rgb));
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

  /** An image that is being read by a worker. */
  private record Decoding(String name, Future<?> work) {}
}

package dev.supcon.runner.view;

import dev.supcon.contract.step.StepFailure;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntUnaryOperator;

/**
 * Fills the next batches while the present one is in use. Three buffers go round: one at the
 * consumer, two being filled; a batch is cut into pieces, one task each, whose order of execution
 * does not matter because each knows its place.
 */
final class Prefetch implements AutoCloseable {
  private static final int BUFFERS = 3;
  private static final int ALIGNMENT = 64;

  /** Small enough that all threads finish a batch together. */
  private static final int IMAGES_PER_TASK = 16;

  /** Writes the images numbered {@code from} to {@code to} of a batch to their places. */
  interface Painter {
    void paint(int batch, int from, int to, ByteBuffer pixels);
  }

  /** The sizes of the work: {@code images(batch)} may be smaller for the last batch. */
  record Extent(int firstBatch, int batches, long bytesPerBatch, int threads) {}

  private final Extent extent;
  private final IntUnaryOperator images;
  private final Painter painter;
  private final ExecutorService workers;
  private final List<Thread> threads = new ArrayList<>();
  private final ByteBuffer[] ring = new ByteBuffer[BUFFERS];
  private final List<List<Future<?>>> pending = new ArrayList<>();
  private int next;

  Prefetch(Extent extent, IntUnaryOperator images, Painter painter) {
    this.extent = extent;
    this.images = images;
    this.painter = painter;
    next = extent.firstBatch();
    workers = Executors.newFixedThreadPool(extent.threads(), this::newWorker);
    for (int i = 0; i < BUFFERS; i++) {
      ring[i] = aligned(extent.bytesPerBatch());
      pending.add(List.of());
    }
    for (int batch = next; batch < next + BUFFERS; batch++) {
      start(batch);
    }
  }

  boolean hasNext() {
    return next < extent.batches();
  }

  /** The filled buffer of batch number {@link #number()}; gives the one before back to the ring. */
  ByteBuffer next() {
    if (!hasNext()) {
      throw new NoSuchElementException("the epoch has " + extent.batches() + " batches");
    }
    if (next > extent.firstBatch()) {
      start(next - 1 + BUFFERS);
    }
    for (Future<?> piece : pending.get(next % BUFFERS)) {
      await(piece);
    }
    return ring[next++ % BUFFERS].duplicate().clear();
  }

  /** The number that the coming batch has in its epoch. */
  int number() {
    return next;
  }

  private void start(int batch) {
    if (batch >= extent.batches()) {
      return;
    }
    ByteBuffer pixels = ring[batch % BUFFERS];
    List<Future<?>> pieces = new ArrayList<>();
    int size = images.applyAsInt(batch);
    for (int from = 0; from < size; from += IMAGES_PER_TASK) {
      int first = from;
      int behind = Math.min(size, from + IMAGES_PER_TASK);
      pieces.add(workers.submit(() -> painter.paint(batch, first, behind, pixels)));
    }
    pending.set(batch % BUFFERS, pieces);
  }

  private static void await(Future<?> piece) {
    try {
      piece.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while waiting for views");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StepFailure failure) {
        throw failure;
      }
      throw new IllegalStateException("a worker that draws views failed", e.getCause());
    }
  }

  private static ByteBuffer aligned(long bytes) {
    long room = Math.ceilDiv(bytes, ALIGNMENT) * ALIGNMENT + ALIGNMENT;
    return ByteBuffer.allocateDirect(Math.toIntExact(room))
        .alignedSlice(ALIGNMENT)
        .slice(0, (int) bytes);
  }

  /** Stops the workers and waits for them. */
  @Override
  public void close() {
    workers.shutdownNow();
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Called by whoever hands in a task, which is one thread. */
  private Thread newWorker(Runnable work) {
    Thread thread = new Thread(work, "views-" + threads.size());
    thread.setDaemon(true);
    threads.add(thread);
    return thread;
  }
}

package dev.supcon.runner.view;

import dev.supcon.runner.data.PackedSplit;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.stream.IntStream;

/**
 * The images of a split in their own order, as they are or changed one by one; the last batch may
 * be smaller.
 */
public final class PlainBatches implements Iterator<ViewBatch>, AutoCloseable {

  /** What happens to each image; called by many threads at once. */
  public interface Transform {
    /** Leaves every image as it is. */
    Transform NONE = (index, image) -> image;

    /**
     * @param image [side, side, 3] uint8; may be changed or replaced
     */
    byte[] apply(int index, byte[] image);
  }

  private final PackedSplit split;
  private final int batchSize;
  private final Transform transform;
  private final Prefetch prefetch;

  /** Plain images, drawn by one thread per core. */
  public PlainBatches(PackedSplit split, int batchSize) {
    this(split, batchSize, Runtime.getRuntime().availableProcessors(), Transform.NONE);
  }

  public PlainBatches(PackedSplit split, int batchSize, int threads, Transform transform) {
    this.split = split;
    this.batchSize = batchSize;
    this.transform = transform;
    long bytes = (long) split.imageBytes() * batchSize;
    int batches = Math.ceilDiv(split.size(), batchSize);
    prefetch =
        new Prefetch(new Prefetch.Extent(0, batches, bytes, threads), this::images, this::paint);
  }

  @Override
  public boolean hasNext() {
    return prefetch.hasNext();
  }

  /**
   * @return pixels [B, side, side, 3] and the labels
   * @throws RuntimeException what a worker threw
   */
  @Override
  public ViewBatch next() {
    int first = prefetch.number() * batchSize;
    int images = images(prefetch.number());
    ByteBuffer pixels = prefetch.next().slice(0, images * split.imageBytes());
    return new ViewBatch(
        pixels, IntStream.range(first, first + images).map(split::label).toArray());
  }

  private void paint(int batch, int from, int to, ByteBuffer pixels) {
    for (int i = from; i < to; i++) {
      int index = batch * batchSize + i;
      pixels.put(i * split.imageBytes(), transform.apply(index, split.image(index)));
    }
  }

  private int images(int batch) {
    return Math.min(batchSize, split.size() - batch * batchSize);
  }

  /** Stops the workers and waits for them. */
  @Override
  public void close() {
    prefetch.close();
  }
}

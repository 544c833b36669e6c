package dev.supcon.runner.view;

import dev.supcon.runner.data.EpochSamples;
import dev.supcon.runner.data.PackedSplit;
import dev.supcon.runner.data.Picture;
import java.nio.ByteBuffer;
import java.util.Iterator;

/**
 * The batches of one epoch, drawn ahead by worker threads. Which bytes come out depends on the
 * views' seed, the epoch and the batch, and neither on the threads nor on where the epoch was taken
 * up.
 */
public final class ViewLoader implements Iterator<ViewBatch>, AutoCloseable {

  /**
   * What to load.
   *
   * @param firstBatch where to begin; above 0 after a resume
   * @param batchSize images, not views
   * @param threads that draw; {@link Runtime#availableProcessors()} is a good number
   * @param dropLast whether an incomplete last batch is left out
   */
  public record Plan(
      int epoch, int firstBatch, int batchSize, int viewsPerImage, int threads, boolean dropLast) {

    /** How many batches an epoch over {@code images} images has. */
    public int batches(int images) {
      return dropLast ? images / batchSize : Math.ceilDiv(images, batchSize);
    }
  }

  private final PackedSplit split;
  private final Views views;
  private final Plan plan;
  private final EpochSamples samples;
  private final ThreadLocal<byte[]> image;
  private final ThreadLocal<byte[]> view;
  private final Prefetch prefetch;

  /** Every image once, in an order by seed and epoch. */
  public ViewLoader(PackedSplit split, Views views, Plan plan) {
    this(split, views, plan, EpochSamples.shuffled(views.seed(), plan.epoch(), split.size()));
  }

  /**
   * @param samples of the plan's epoch, as many as its batches need
   */
  public ViewLoader(PackedSplit split, Views views, Plan plan, EpochSamples samples) {
    this.split = split;
    this.views = views;
    this.plan = plan;
    this.samples = samples;
    image = ThreadLocal.withInitial(() -> new byte[split.imageBytes()]);
    view = ThreadLocal.withInitial(() -> new byte[viewBytes()]);
    long bytes = (long) viewBytes() * plan.batchSize() * plan.viewsPerImage();
    Prefetch.Extent extent =
        new Prefetch.Extent(plan.firstBatch(), batches(), bytes, plan.threads());
    prefetch = new Prefetch(extent, this::images, this::paint);
  }

  /** How many batches the whole epoch has. */
  public int batches() {
    return plan.batches(split.size());
  }

  @Override
  public boolean hasNext() {
    return prefetch.hasNext();
  }

  /**
   * @throws RuntimeException what a worker threw
   */
  @Override
  public ViewBatch next() {
    int batch = prefetch.number();
    ByteBuffer pixels = prefetch.next();
    int[] labels = new int[images(batch)];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = split.label(samples.samples()[place(batch, i)]);
    }
    int bytes = viewBytes() * labels.length * plan.viewsPerImage();
    return new ViewBatch(pixels.slice(0, bytes), labels);
  }

  private void paint(int batch, int from, int to, ByteBuffer pixels) {
    int images = images(batch);
    for (int i = from; i < to; i++) {
      int place = place(batch, i);
      int sample = samples.samples()[place];
      int firstView = samples.showings()[place] * plan.viewsPerImage();
      split.copyImage(sample, image.get(), 0);
      Picture picture = Picture.square(image.get(), split.side());
      for (int v = 0; v < plan.viewsPerImage(); v++) {
        views.draw(picture, new ViewId(plan.epoch(), sample, firstView + v), view.get(), 0);
        pixels.put((v * images + i) * viewBytes(), view.get());
      }
    }
  }

  private int place(int batch, int i) {
    return batch * plan.batchSize() + i;
  }

  private int images(int batch) {
    return Math.min(plan.batchSize(), split.size() - batch * plan.batchSize());
  }

  private int viewBytes() {
    return 3 * views.side() * views.side();
  }

  /** Stops the workers and waits for them. */
  @Override
  public void close() {
    prefetch.close();
  }
}

package dev.supcon.runner.probe;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.supcon.runner.data.PackedSplit;
import dev.supcon.runner.network.Network;
import dev.supcon.runner.torchscript.Tensors;
import dev.supcon.runner.torchscript.TorchEngine;
import dev.supcon.runner.view.PlainBatches;
import dev.supcon.runner.view.ViewBatch;

/**
 * Passes images through a frozen encoder, without augmentation, in their own order.
 *
 * @param beforeBatch may end the work by an exception
 */
public record FeatureExtractor(Network network, Runnable beforeBatch) {
  /** Images per call; fixed, because sums inside may depend on it. */
  private static final int BATCH = 256;

  /** Average-pooled features of all images of a split. */
  public Features of(PackedSplit split) {
    return of(split, PlainBatches.Transform.NONE);
  }

  /** The same of images that were changed first. */
  public Features of(PackedSplit split, PlainBatches.Transform transform) {
    int width = network.featureWidth();
    float[] values = new float[Math.multiplyExact(split.size(), width)];
    int threads = Runtime.getRuntime().availableProcessors();
    int done = 0;
    try (PlainBatches batches = new PlainBatches(split, BATCH, threads, transform);
        NDManager manager = TorchEngine.newManager()) {
      while (batches.hasNext()) {
        beforeBatch.run();
        float[] rows = rows(batches.next(), split.side(), manager);
        System.arraycopy(rows, 0, values, done, rows.length);
        done += rows.length;
      }
    }
    return new Features(values, width, split.labels());
  }

  private float[] rows(ViewBatch batch, int side, NDManager parent) {
    try (NDManager manager = parent.newSubManager()) {
      NDArray pixels = Tensors.bytes(manager, batch.pixels(), batch.images(), side, side, 3);
      return network.features(pixels).toFloatArray();
    }
  }
}

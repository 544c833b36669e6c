package dev.supcon.runner.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import dev.supcon.runner.loss.BatchLoss;
import dev.supcon.runner.loss.LossGradient;
import dev.supcon.runner.network.Network;
import dev.supcon.runner.network.PooledMoments;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A batch in chunks, so that the activations of one chunk alone are in memory.
 *
 * <p>A contrastive loss looks at all embeddings together, and by GradCache (Gao et al. 2021, arXiv
 * 2101.06983) it still does: all chunks are embedded without a graph, the loss gives the gradient
 * of every embedding, and each chunk is embedded once more and that gradient goes back through it.
 * Cross-entropy is a mean over rows, for which one pass is enough.
 *
 * <p>A chunk holds all views of its images. Batch normalisation sees a chunk (ghost batch
 * normalisation); both passes see the same chunks and give the same embeddings; the running
 * statistics change once, by the moments of all chunks together.
 */
final class GradCache implements Pass {
  private final Objective objective;
  private final int chunkSize;
  private final PooledMoments moments;

  /**
   * @param chunkSize images of a chunk; divides every batch's
   */
  GradCache(Objective objective, int chunkSize, Network network, NDManager manager) {
    this.objective = objective;
    this.chunkSize = chunkSize;
    this.moments = new PooledMoments(network, manager);
  }

  @Override
  public int viewsPerImage() {
    return objective.viewsPerImage();
  }

  @Override
  public double indifferent(int images) {
    return objective.indifferent(images);
  }

  @Override
  public boolean hasPositives(int[] labels) {
    return objective.hasPositives(labels);
  }

  @Override
  public BatchLoss run(Network network, NDArray pixels, int[] labels) {
    Chunks chunks = new Chunks(labels.length, chunkSize, objective.viewsPerImage());
    moments.begin();
    BatchLoss loss =
        objective.separable()
            ? separate(network, pixels, labels, chunks)
            : together(network, pixels, labels, chunks);
    long rows = (long) chunkSize * objective.viewsPerImage();
    moments.settle(chunks.count(), rows, pixels.getShape().get(1));
    return loss;
  }

  private BatchLoss together(Network network, NDArray pixels, int[] labels, Chunks chunks) {
    NDManager batch = pixels.getManager();
    NDArray outputs;
    try (NDManager scope = batch.newSubManager()) {
      List<NDArray> parts = new ArrayList<>();
      for (int k = 0; k < chunks.count(); k++) {
        try (NDArray part = chunks.rows(pixels, k)) {
          NDArray output = network.embed(part);
          output.attach(scope);
          parts.add(output);
        }
        moments.add();
      }
      outputs = chunks.joined(parts);
      outputs.attach(batch);
    }
    LossGradient loss = objective.of(outputs, labels);
    if (Double.isFinite(loss.loss())) {
      for (int k = 0; k < chunks.count(); k++) {
        try (NDManager scope = batch.newSubManager()) {
          backward(network, chunks.rows(pixels, k), chunks.rows(loss.gradient(), k), scope);
        }
      }
    }
    return loss.value();
  }

  private static void backward(Network network, NDArray rows, NDArray gradient, NDManager scope) {
    rows.attach(scope);
    gradient.attach(scope);
    network.backward(network.forward(rows), gradient);
  }

  private BatchLoss separate(Network network, NDArray pixels, int[] labels, Chunks chunks) {
    double sum = 0;
    for (int k = 0; k < chunks.count(); k++) {
      try (NDManager scope = pixels.getManager().newSubManager()) {
        NDArray rows = chunks.rows(pixels, k);
        rows.attach(scope);
        NDArray output = network.forward(rows);
        int from = k * chunkSize;
        LossGradient loss =
            objective.of(output, Arrays.copyOfRange(labels, from, from + chunkSize));
        if (Double.isFinite(loss.loss())) {
          network.backward(output, loss.gradient().div(chunks.count()));
        }
        sum += loss.loss();
      }
      moments.add();
    }
    return new BatchLoss.Single(sum / chunks.count());
  }

  @Override
  public void close() {
    moments.close();
    objective.close();
  }

  /** How rows of a view-major batch and of its chunks go together. */
  private record Chunks(int images, int size, int views) {

    int count() {
      return images / size;
    }

    /** All views of a chunk's images, view-major. */
    NDArray rows(NDArray batch, int chunk) {
      NDList parts = new NDList();
      for (int view = 0; view < views; view++) {
        int from = view * images + chunk * size;
        parts.add(batch.get(new NDIndex("{}:{}", from, from + size)));
      }
      return NDArrays.concat(parts, 0);
    }

    /** The inverse of {@link #rows}. */
    NDArray joined(List<NDArray> chunks) {
      NDList parts = new NDList();
      for (int view = 0; view < views; view++) {
        for (NDArray chunk : chunks) {
          parts.add(chunk.get(new NDIndex("{}:{}", view * size, (view + 1) * size)));
        }
      }
      return NDArrays.concat(parts, 0);
    }
  }
}

package dev.supcon.runner.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.supcon.runner.loss.BatchLoss;
import dev.supcon.runner.loss.LossGradient;
import dev.supcon.runner.loss.Targets;
import dev.supcon.runner.network.Network;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A batch in parts: on several devices, in chunks, or both, so that the activations of one chunk
 * alone are in a device's memory.
 *
 * <p>A contrastive loss looks at all embeddings together, and by GradCache (Gao et al. 2021, arXiv
 * 2101.06983) it still does: all parts are embedded, without a graph where they are chunks; the
 * embeddings come together on the first device, where the loss gives the gradient of every one of
 * them; each chunk is embedded once more, and that gradient goes back through it. What travels
 * between devices are embeddings and their gradients, [M, D] each, and once a step the parameters
 * and their gradients. Cross-entropy is a mean over rows, for which chunks need one pass.
 *
 * <p>Device r of W takes the images from r · B / W on, a chunk the next of these, with all their
 * views. Batch normalisation sees a chunk, or without chunks a device's images (ghost batch
 * normalisation); both passes see the same chunks and give the same embeddings; the running
 * statistics change once, by the moments of all chunks of all devices together. So W devices give
 * what one gives with chunks of B / W images.
 */
final class GradCache implements Pass {
  private final Objective objective;
  private final Optional<Integer> chunkSize;
  private final Replicas replicas;

  /**
   * @param chunkSize images of a chunk, which divides a device's; empty: all of them
   * @param replicas of the network that learns; this object's from now on
   */
  GradCache(Objective objective, Optional<Integer> chunkSize, Replicas replicas) {
    this.objective = objective;
    this.chunkSize = chunkSize;
    this.replicas = replicas;
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
  public BatchLoss run(Network network, NDArray pixels, Targets targets) {
    int images = targets.images() / replicas.count();
    Blocks blocks = new Blocks(targets.images(), images, objective.viewsPerImage());
    Blocks chunks = new Blocks(images, chunkSize.orElse(images), objective.viewsPerImage());
    replicas.copyParameters();
    BatchLoss loss;
    try (NDManager scope = pixels.getManager().newSubManager()) {
      List<Share> shares = replicas.shares(pixels, targets, blocks, chunks, scope);
      loss =
          objective.separable() && chunks.count() > 1
              ? separate(shares, replicas.count() * chunks.count())
              : together(shares, targets, blocks, scope);
    }
    replicas.sumGradients();
    if (Double.isFinite(loss.total())) {
      replicas.settleMoments(chunks.count(), chunks.rows(), pixels.getShape().get(1));
    }
    return loss;
  }

  private BatchLoss together(List<Share> shares, Targets targets, Blocks blocks, NDManager scope) {
    NDArray[] outputs = new NDArray[shares.size()]; // [M / W, D] each
    replicas.each(r -> outputs[r] = shares.get(r).embed());
    NDArray all = replicas.gather(Arrays.asList(outputs), blocks, scope); // [M, D]
    LossGradient loss = objective.of(all, targets);
    if (Double.isFinite(loss.loss())) {
      List<NDArray> gradients = replicas.scatter(loss.gradient(), blocks, scope);
      replicas.each(r -> shares.get(r).backward(outputs[r], gradients.get(r)));
    }
    return loss.value();
  }

  private BatchLoss separate(List<Share> shares, int parts) {
    double[] sums = new double[shares.size()];
    replicas.each(r -> sums[r] = shares.get(r).learn(objective, parts));
    return new BatchLoss.Single(Arrays.stream(sums).sum() / parts);
  }

  @Override
  public void close() {
    replicas.close();
    objective.close();
  }
}

package dev.supcon.runner.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.supcon.runner.loss.LossGradient;
import dev.supcon.runner.loss.Targets;
import dev.supcon.runner.network.Network;
import java.util.ArrayList;
import java.util.List;

/**
 * What one device gets of a batch: its images with all their views, which go through its replica in
 * chunks.
 */
final class Share {
  private final Replica replica;
  private final NDArray pixels; // uint8 [m, S, S, 3], on the replica's device
  private final Targets targets; // of the images
  private final Blocks chunks;

  Share(Replica replica, NDArray pixels, Targets targets, Blocks chunks) {
    this.replica = replica;
    this.pixels = pixels;
    this.targets = targets;
    this.chunks = chunks;
  }

  /**
   * The outputs of all rows, [m, D], in training: without a graph, but for a single chunk, whose
   * graph costs no more memory than the chunk's way back would.
   */
  NDArray embed() {
    replica.moments().begin();
    return chunks.count() == 1 ? replica.network().forward(pixels) : inChunks();
  }

  private NDArray inChunks() {
    NDManager batch = pixels.getManager();
    try (NDManager scope = batch.newSubManager()) {
      List<NDArray> parts = new ArrayList<>();
      for (int k = 0; k < chunks.count(); k++) {
        try (NDArray part = chunks.rows(pixels, k)) {
          NDArray output = replica.network().embed(part);
          output.attach(scope);
          parts.add(output);
        }
        replica.moments().add();
      }
      NDArray outputs = chunks.joined(parts);
      outputs.attach(batch);
      return outputs;
    }
  }

  /**
   * Adds to the gradients of the replica's parameters.
   *
   * @param outputs as {@link #embed} gave them
   * @param gradient of the whole batch's loss with respect to them, on the replica's device
   */
  void backward(NDArray outputs, NDArray gradient) {
    if (chunks.count() == 1) {
      replica.network().backward(outputs, gradient);
      replica.moments().add();
      return;
    }
    for (int k = 0; k < chunks.count(); k++) {
      try (NDManager scope = pixels.getManager().newSubManager()) {
        NDArray part = chunks.rows(gradient, k);
        part.attach(scope);
        Network network = replica.network();
        network.backward(network.forward(chunk(k, scope)), part);
      }
    }
  }

  private NDArray chunk(int k, NDManager scope) {
    NDArray rows = chunks.rows(pixels, k);
    rows.attach(scope);
    return rows;
  }

  /**
   * The same at once for a loss that is a mean over images.
   *
   * @param parts chunks of all devices together
   * @return the sum of the chunks' losses
   */
  double learn(Objective objective, int parts) {
    replica.moments().begin();
    double sum = 0;
    for (int k = 0; k < chunks.count(); k++) {
      try (NDManager scope = pixels.getManager().newSubManager()) {
        NDArray output = replica.network().forward(chunk(k, scope));
        LossGradient loss = objective.of(output, chunks.targets(targets, k));
        if (Double.isFinite(loss.loss())) {
          replica.network().backward(output, loss.gradient().div(parts));
        }
        sum += loss.loss();
      }
      replica.moments().add();
    }
    return sum;
  }
}

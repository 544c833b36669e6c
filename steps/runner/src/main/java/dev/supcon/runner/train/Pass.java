package dev.supcon.runner.train;

import ai.djl.ndarray.NDArray;
import dev.supcon.runner.checkpoint.TensorBytes;
import dev.supcon.runner.loss.BatchLoss;
import dev.supcon.runner.loss.LossGradient;
import dev.supcon.runner.loss.Targets;
import dev.supcon.runner.network.Network;
import java.util.List;
import java.util.Map;

/** How a batch's loss and the gradients of the parameters come about. */
public sealed interface Pass extends AutoCloseable permits Pass.Whole, GradCache, MomentumMemory {

  /** Views of an image that a step sees. */
  int viewsPerImage();

  /** The watched loss of a network that puts out the same for every image. */
  double indifferent(int images);

  /** Whether an image of the batch has a positive. */
  default boolean hasPositives(int[] labels) {
    return true;
  }

  /**
   * Adds to the parameters' gradients those of the batch's loss. Its arrays belong to the pixels'
   * manager.
   *
   * @param pixels uint8 [M, S, S, 3], view-major
   * @param targets of the images
   * @return the loss; when it is not finite, gradients of no use may have been added
   */
  BatchLoss run(Network network, NDArray pixels, Targets targets);

  /** The same of images that are not mixed. */
  default BatchLoss run(Network network, NDArray pixels, int... labels) {
    return run(network, pixels, Targets.of(labels));
  }

  /** Networks beside the trained one whose running statistics a run changes. */
  default List<Network> encoders() {
    return List.of();
  }

  /** The parameters were changed by the gradients of the last run, whose arrays still live. */
  default void stepped(Network network) {}

  /** What it remembers from step to step, by name. */
  default Map<String, TensorBytes> state() {
    return Map.of();
  }

  /**
   * The inverse of {@link #state}.
   *
   * @param state may hold more
   * @throws IllegalArgumentException when a tensor is missing or has another size
   */
  default void restore(Map<String, TensorBytes> state) {}

  @Override
  void close();

  /** The whole batch at once. */
  record Whole(Objective objective) implements Pass {

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
      NDArray output = network.forward(pixels); // [M, D], [M, C] or both
      LossGradient loss = objective.of(output, targets);
      if (Double.isFinite(loss.loss())) {
        network.backward(output, loss.gradient());
      }
      return loss.value();
    }

    @Override
    public void close() {
      objective.close();
    }
  }
}

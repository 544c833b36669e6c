package dev.supcon.runner.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.supcon.runner.checkpoint.TensorBytes;
import dev.supcon.runner.loss.LossGradient;
import dev.supcon.runner.network.Network;
import dev.supcon.runner.network.NetworkSpec;
import dev.supcon.runner.optim.Optimizer;
import dev.supcon.runner.optim.Update;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What changes while learning: a network and its optimizer's memory.
 *
 * @param objective what is minimised
 * @param optimizer over the network's parameters
 */
public record Learner(Network network, Objective objective, Optimizer optimizer)
    implements AutoCloseable {

  /**
   * One that has learnt nothing yet.
   *
   * @param objective is the learner's from now on
   */
  public static Learner create(
      NetworkSpec spec, long seed, Objective objective, Update update, NDManager manager) {
    Network network = Network.create(spec, seed, manager);
    return new Learner(network, objective, new Optimizer(update, network.parameters(), manager));
  }

  /**
   * One step: forward, loss, backward, update. Its arrays belong to the pixels' manager.
   *
   * @param pixels uint8 [M, S, S, 3], view-major
   * @param labels [B], of the images
   * @return the loss; when it is not finite, no parameter was changed
   */
  public double learn(NDArray pixels, int[] labels, double learningRate) {
    NDArray output = network.forward(pixels); // [M, D] or [M, C]
    LossGradient loss = objective.of(output, labels);
    if (Double.isFinite(loss.loss())) {
      network.backward(output, loss.gradient());
      optimizer.step(learningRate);
    }
    return loss.loss();
  }

  /** All values, by the network's names; the optimizer's by its own. */
  SortedMap<String, TensorBytes> tensors() {
    SortedMap<String, TensorBytes> tensors = new TreeMap<>();
    network.parameters().forEach(tensor -> put(tensors, tensor.spec().name(), tensor.value()));
    network.buffers().forEach(tensor -> put(tensors, tensor.spec().name(), tensor.value()));
    optimizer.state().forEach((name, value) -> put(tensors, name, value));
    return tensors;
  }

  private static void put(Map<String, TensorBytes> tensors, String name, NDArray value) {
    tensors.put(name, TensorBytes.of(value.toFloatArray(), value.getShape().getShape()));
  }

  /**
   * The inverse of {@link #tensors}.
   *
   * @throws IllegalArgumentException when a tensor is missing or has another size
   */
  void restore(Map<String, TensorBytes> tensors) {
    Map<String, float[]> values = new HashMap<>();
    tensors.forEach((name, tensor) -> values.put(name, tensor.floats()));
    network.load(values);
    optimizer
        .state()
        .forEach(
            (name, value) -> {
              float[] written = values.get(name);
              if (written == null) {
                throw new IllegalArgumentException("the state lacks " + name);
              }
              value.set(written);
            });
  }

  @Override
  public void close() {
    optimizer.close();
    network.close();
    objective.close();
  }
}

package dev.supcon.runner.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.supcon.contract.spec.OptimizerSpec;
import dev.supcon.runner.checkpoint.TensorBytes;
import dev.supcon.runner.loss.LossGradient;
import dev.supcon.runner.network.Network;
import dev.supcon.runner.network.NetworkSpec;
import dev.supcon.runner.optim.Sgd;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What changes while learning: a network and its optimizer's memory.
 *
 * @param objective what is minimised
 * @param sgd over the network's parameters, in their order
 */
public record Learner(Network network, Objective objective, Sgd sgd) implements AutoCloseable {
  private static final String MOMENTUM = "momentum.";

  /**
   * One that has learnt nothing yet.
   *
   * @param objective is the learner's from now on
   */
  public static Learner create(
      NetworkSpec spec,
      long seed,
      Objective objective,
      OptimizerSpec optimizer,
      NDManager manager) {
    Network network = Network.create(spec, seed, manager);
    List<NDArray> values = network.parameters().stream().map(Network.Tensor::value).toList();
    return new Learner(network, objective, new Sgd(optimizer, values, manager));
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
      sgd.step(learningRate);
    }
    return loss.loss();
  }

  /** All values, by the network's names; momenta under {@code momentum.<name>}. */
  SortedMap<String, TensorBytes> tensors() {
    SortedMap<String, TensorBytes> tensors = new TreeMap<>();
    network.parameters().forEach(tensor -> put(tensors, tensor.spec().name(), tensor.value()));
    network.buffers().forEach(tensor -> put(tensors, tensor.spec().name(), tensor.value()));
    List<NDArray> momenta = sgd.momenta();
    for (int i = 0; i < momenta.size(); i++) {
      put(tensors, MOMENTUM + network.parameters().get(i).spec().name(), momenta.get(i));
    }
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
    List<NDArray> momenta = sgd.momenta();
    for (int i = 0; i < momenta.size(); i++) {
      String name = MOMENTUM + network.parameters().get(i).spec().name();
      float[] momentum = values.get(name);
      if (momentum == null) {
        throw new IllegalArgumentException("the state lacks " + name);
      }
      momenta.get(i).set(momentum);
    }
  }

  @Override
  public void close() {
    sgd.close();
    network.close();
    objective.close();
  }
}

package dev.supcon.runner.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.supcon.runner.checkpoint.ElementType;
import dev.supcon.runner.checkpoint.TensorBytes;
import dev.supcon.runner.loss.BatchLoss;
import dev.supcon.runner.loss.Targets;
import dev.supcon.runner.network.Network;
import dev.supcon.runner.network.NetworkSpec;
import dev.supcon.runner.network.RunningStatistics;
import dev.supcon.runner.optim.Optimizer;
import dev.supcon.runner.torchscript.Tensors;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What changes while learning: a network, and what its passes and its optimizer remember.
 *
 * @param optimizer over the network's parameters
 * @param statistics of the network and of the pass's encoders, as before the batch
 */
public record Learner(Network network, Pass pass, Optimizer optimizer, RunningStatistics statistics)
    implements AutoCloseable {

  /** One that has learnt nothing yet; what the method holds is the learner's from now on. */
  public static Learner create(
      NetworkSpec spec, long seed, TrainingMethod method, NDManager manager) {
    return of(Network.create(spec, seed, manager), method, manager);
  }

  /** The same of a network that may have learnt elsewhere. */
  public static Learner of(Network network, TrainingMethod method, NDManager manager) {
    Pass pass = method.pass(network, manager);
    List<Network> networks = new ArrayList<>(pass.encoders());
    networks.add(network);
    return new Learner(
        network,
        pass,
        new Optimizer(method.update(), network.parameters(), manager),
        new RunningStatistics(networks, manager));
  }

  /**
   * One step: forward, loss, backward, update. Its arrays belong to the pixels' manager.
   *
   * @param pixels uint8 [M, S, S, 3], view-major
   * @param targets of the images
   * @return what the batch said; when that is not finite, everything is as it was before
   */
  public Lesson learn(NDArray pixels, Targets targets, double learningRate) {
    statistics.keep();
    BatchLoss loss = pass.run(network, pixels, targets);
    double gradientNorm = Double.NaN;
    if (Double.isFinite(loss.total())) {
      gradientNorm = optimizer.step(learningRate);
    } else {
      optimizer.forget();
    }
    Lesson lesson = new Lesson(loss, gradientNorm, pass.hasPositives(targets.labels()));
    if (lesson.finite()) {
      pass.stepped(network);
    } else {
      statistics.restore();
    }
    return lesson;
  }

  /** The same of images that are not mixed. */
  public Lesson learn(NDArray pixels, int[] labels, double learningRate) {
    return learn(pixels, Targets.of(labels), learningRate);
  }

  /**
   * What a batch said.
   *
   * @param value what it cost
   * @param gradientNorm of all gradients together; not a number when the loss is not finite
   * @param positives whether an image of it had a positive
   */
  public record Lesson(BatchLoss value, double gradientNorm, boolean positives) {

    /** What was minimised. */
    public double loss() {
      return value.total();
    }

    /** Whether it was learnt from. */
    public boolean finite() {
      return Double.isFinite(loss()) && Double.isFinite(gradientNorm);
    }
  }

  /** All values, by the network's names; the pass's and the optimizer's by their own. */
  SortedMap<String, TensorBytes> tensors() {
    SortedMap<String, TensorBytes> tensors = new TreeMap<>(pass.state());
    put(tensors, "", network);
    optimizer.state().forEach((name, value) -> put(tensors, name, value));
    return tensors;
  }

  /** Puts all of a network's tensors under their names, behind a prefix. */
  static void put(Map<String, TensorBytes> tensors, String prefix, Network network) {
    Stream.concat(network.parameters().stream(), network.buffers().stream())
        .forEach(tensor -> put(tensors, prefix + tensor.spec().name(), tensor.value()));
  }

  static void put(Map<String, TensorBytes> tensors, String name, NDArray value) {
    tensors.put(name, TensorBytes.of(value.toFloatArray(), value.getShape().getShape()));
  }

  /**
   * The inverse of {@link #tensors}.
   *
   * @throws IllegalArgumentException when a tensor is missing or has another size
   */
  void restore(Map<String, TensorBytes> tensors) {
    Map<String, float[]> values = new HashMap<>();
    tensors.forEach(
        (name, tensor) -> {
          if (tensor.type() == ElementType.F32) {
            values.put(name, tensor.floats());
          }
        });
    network.load(values);
    pass.restore(tensors);
    optimizer
        .state()
        .forEach(
            (name, value) -> {
              float[] written = values.get(name);
              if (written == null) {
                throw new IllegalArgumentException("the state lacks " + name);
              }
              Tensors.overwrite(value, written);
            });
  }

  @Override
  public void close() {
    optimizer.close();
    pass.close();
    statistics.close();
    network.close();
  }
}
